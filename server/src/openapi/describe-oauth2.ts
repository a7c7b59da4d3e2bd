import type { Realm } from '../realm.js';
import { answerHeaders, qwacScheme } from './answer-headers.js';
import type { JsonSchema } from './json-schema.js';
import { renderOauth2Paths } from './oauth2-paths.js';
import { refusalsOfAuthorizationServer } from './oauth2-refusals.js';
import { oauth2Schemas } from './oauth2-schemas.js';
import { renderFindingSchema, renderRefusalSchema } from './refusal-responses.js';

/** Version of the interface, not of the product. */
const version = '1.0.0';

/** The OpenAPI 3.1 document of the authorization server of one realm: tokens, the way to the customer, metadata, and the check of certificates. */
export function describeOauth2(realm: Realm, errorsPage: string): JsonSchema {
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: `OAuth 2: ${realm.brand.name.en}, ${realm.environment}`,
      version,
      summary: 'Authorization code with PKCE, refresh, client credentials, by mutual TLS',
      description:
        'The certificate of the connection takes the place of a secret (RFC 8705): access tokens are bound to it, and no other certificate can use them. What a client does not have to guess stands in the metadata.',
    },
    servers: [{ url: realm.issuer }],
    externalDocs: { url: new URL('oauth2-endpoints', errorsPage).href },
    security: [{ qwac: [] }],
    tags: [{ name: 'authorization' }, { name: 'metadata' }, { name: 'certificate' }],
    paths: renderOauth2Paths(realm, errorsPage),
    components: {
      schemas: {
        ...oauth2Schemas,
        Refusal: renderRefusalSchema(refusalsOfAuthorizationServer()),
        Finding: renderFindingSchema(),
      },
      headers: {
        ...answerHeaders,
        Location: { description: 'Where the browser goes', schema: { type: 'string', format: 'uri' } },
      },
      securitySchemes: { qwac: qwacScheme },
    },
  };
}
