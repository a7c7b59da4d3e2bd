import type { Realm } from '../realm.js';
import { answerHeaders, qwacScheme } from './answer-headers.js';
import type { JsonSchema } from './json-schema.js';
import { renderOauth2Paths } from './oauth2-paths.js';
import { refusalsOfAuthorizationServer, refusalsOfOauth } from './oauth2-refusals.js';
import { renderOauth2Schemas } from './oauth2-schemas.js';
import { renderFindingSchema, renderRefusalSchema } from './refusal-responses.js';

/** Version of the interface, not of the product. */
const version = '1.0.0';

const grantsOffered = {
  summary: 'Authorization code with PKCE, refresh, client credentials, by mutual TLS',
  description:
    'The certificate of the connection takes the place of a secret (RFC 8705): access tokens are bound to it, and no other certificate can use them. What a client does not have to guess stands in the metadata.',
};

const noGrants = {
  summary: 'Metadata, keys, and the check of certificates',
  description:
    'No authorization and no token is to be had here yet: certificates are checked and registrations taken. The metadata say so.',
};

/** The OpenAPI 3.1 document of the authorization server of one realm: tokens, the way to the customer, metadata, and the check of certificates. */
export function describeOauth2(realm: Realm, errorsPage: string): JsonSchema {
  const offersGrants = realm.bank !== 'none';
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: `OAuth 2: ${realm.brand.name.en}, ${realm.environment}`,
      version,
      ...(offersGrants ? grantsOffered : noGrants),
    },
    servers: [{ url: realm.issuer }],
    externalDocs: { url: new URL('oauth2-endpoints', errorsPage).href },
    security: [{ qwac: [] }],
    tags: [...(offersGrants ? [{ name: 'authorization' }] : []), { name: 'metadata' }, { name: 'certificate' }],
    paths: renderOauth2Paths(realm, errorsPage),
    components: {
      schemas: {
        ...renderOauth2Schemas(offersGrants),
        Refusal: renderRefusalSchema(offersGrants ? refusalsOfAuthorizationServer() : refusalsOfOauth('check')),
        Finding: renderFindingSchema(),
      },
      headers: {
        ...answerHeaders,
        ...(offersGrants
          ? { Location: { description: 'Where the browser goes', schema: { type: 'string', format: 'uri' } } }
          : {}),
      },
      securitySchemes: { qwac: qwacScheme },
    },
  };
}
