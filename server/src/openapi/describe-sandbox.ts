import type { Realm } from '../realm.js';
import { answerHeaders } from './answer-headers.js';
import type { JsonSchema } from './json-schema.js';
import { renderFindingSchema, renderRefusalSchema } from './refusal-responses.js';
import { renderSandboxPaths } from './sandbox-paths.js';
import { refusalsOfSandbox } from './sandbox-refusals.js';
import { sandboxSchemas } from './sandbox-schemas.js';

/** Version of the interface, not of the product. */
const version = '1.0.0';

/** The OpenAPI 3.1 document of the test certificates of one sandbox. */
export function describeSandbox(realm: Realm, errorsPage: string): JsonSchema {
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: `Test certificates: ${realm.brand.name.en}, ${realm.environment}`,
      version,
      summary: 'Certificates for the sandbox from your own keys, their status, and how they end',
      description:
        'For whoever has no certificate of a QTSP yet. The sandbox assigns the organisation, and decides all that stands in a certificate; they open nothing but this sandbox. Keys stay with you.',
    },
    servers: [{ url: realm.issuer }],
    externalDocs: { url: new URL('sandbox', errorsPage).href },
    security: [{ owner: [] }],
    tags: [{ name: 'request' }, { name: 'owner' }, { name: 'status' }],
    paths: renderSandboxPaths(realm, errorsPage),
    components: {
      schemas: {
        ...sandboxSchemas,
        Refusal: renderRefusalSchema(refusalsOfSandbox('change')),
        Finding: renderFindingSchema(),
      },
      headers: answerHeaders,
      securitySchemes: {
        owner: { type: 'http', scheme: 'bearer', description: 'The secret that the request was answered with' },
      },
    },
  };
}
