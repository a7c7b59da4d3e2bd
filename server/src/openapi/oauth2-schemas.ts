import { ruleCatalogue } from '@postern/core/qualification/rule-catalogue.js';
import { grantTypes } from '@postern/core/registration/client-metadata.js';
import { scopes } from '@postern/core/registration/scope-for-roles.js';
import { type JsonSchema, reference } from './json-schema.js';

const text: JsonSchema = { type: 'string' };
const address: JsonSchema = { type: 'string', format: 'uri' };
const texts: JsonSchema = { type: 'array', items: text };
const roles: JsonSchema = { type: 'array', items: { type: 'string', enum: ['PSP_AI', 'PSP_PI', 'PSP_IC'] } };

const clientId: JsonSchema = { type: 'string', minLength: 1, description: 'Of your registration' };
/** As a parameter: what the pattern leaves out is that a scope stands once, and that `aisp` goes with the longer history. */
export const scope: JsonSchema = {
  type: 'string',
  pattern: `^(${scopes.join('|')})( (${scopes.join('|')})){0,${scopes.length - 1}}$`,
  description: 'Names of scopes, separated by one space each',
};

/** Requests and answers of an authorization server, as RFC 6749, 7517 and 8414 have them; about grants only where there are any. */
export function renderOauth2Schemas(offersGrants: boolean): Readonly<Record<string, JsonSchema>> {
  return {
    ...(offersGrants ? grantSchemas : {}),
    KeySet: keySet,
    Metadata: describeMetadata(offersGrants),
    CertificateCheck: describeCheck(),
  };
}

const grantSchemas: Readonly<Record<string, JsonSchema>> = {
  CodeRequest: requestOf(
    'authorization_code',
    {
      code: { type: 'string', minLength: 1, description: 'Works once; its second use ends every token of the access' },
      redirect_uri: { ...address, description: 'If it was sent to the authorization endpoint, the same' },
      code_verifier: {
        type: 'string',
        pattern: '^[A-Za-z0-9._~-]{43,128}$',
        description: 'The one behind the code_challenge (RFC 7636 section 4.5)',
      },
    },
    ['code', 'redirect_uri', 'code_verifier'],
  ),
  RefreshRequest: requestOf(
    'refresh_token',
    { refresh_token: { type: 'string', minLength: 1, description: 'The newest; each use answers a new one' } },
    ['refresh_token'],
  ),
  ClientCredentialsRequest: requestOf('client_credentials', {}, []),
  TokenAnswer: {
    type: 'object',
    required: ['access_token', 'token_type', 'expires_in', 'scope'],
    properties: {
      access_token: { ...text, description: 'A JWT (RFC 9068), bound to the certificate of the connection (RFC 8705)' },
      token_type: { type: 'string', const: 'Bearer' },
      expires_in: { type: 'integer', minimum: 1, description: 'Seconds' },
      scope: { ...scope, description: 'What was issued: less than was asked where a role is not held now' },
      refresh_token: { ...text, description: 'Where a customer agreed and the client registered refresh_token' },
    },
  },
};

const keySet: JsonSchema = {
  type: 'object',
  description: 'The keys that access tokens are signed with (RFC 7517)',
  required: ['keys'],
  properties: { keys: { type: 'array', minItems: 1, maxItems: 4, items: keyOf() } },
};

function requestOf(
  grantType: (typeof grantTypes)[number],
  properties: JsonSchema,
  required: readonly string[],
): JsonSchema {
  return {
    type: 'object',
    required: ['grant_type', 'client_id', ...required],
    properties: {
      grant_type: { type: 'string', const: grantType },
      client_id: clientId,
      ...properties,
      scope: { ...scope, description: 'Less than was granted, if that is enough' },
      // The certificate of the connection authenticates: nothing beside it.
      ...Object.fromEntries(
        ['client_secret', 'client_assertion', 'client_assertion_type'].map((name) => [name, false]),
      ),
    },
  };
}

function keyOf(): JsonSchema {
  return {
    type: 'object',
    required: ['kty', 'crv', 'x', 'y', 'use', 'alg', 'kid'],
    properties: {
      kty: { type: 'string', const: 'EC' },
      crv: { type: 'string', const: 'P-256' },
      x: text,
      y: text,
      use: { type: 'string', const: 'sig' },
      alg: { type: 'string', const: 'ES256' },
      kid: { ...text, description: 'Stands in the head of each token' },
    },
  };
}

function describeMetadata(offersGrants: boolean): JsonSchema {
  const offered = Object.entries(metadataMembers).filter(([name]) => offersGrants || !isOfGrants.has(name));
  return {
    type: 'object',
    description: 'RFC 8414 section 2, with RFC 8705 section 5 and RFC 9207 section 3',
    required: offered.map(([name]) => name),
    properties: Object.fromEntries(offered),
  };
}

const metadataMembers: Readonly<Record<string, JsonSchema>> = {
  issuer: { ...address, description: 'Compare it with `iss` of each answer (RFC 9207)' },
  authorization_endpoint: { ...address, description: 'In French' },
  'authorization_endpoint#fr': address,
  'authorization_endpoint#en': address,
  token_endpoint: address,
  registration_endpoint: address,
  jwks_uri: address,
  scopes_supported: { type: 'array', items: { type: 'string', enum: scopes } },
  response_types_supported: texts,
  response_modes_supported: texts,
  grant_types_supported: { type: 'array', items: { type: 'string', enum: grantTypes } },
  token_endpoint_auth_methods_supported: texts,
  code_challenge_methods_supported: texts,
  tls_client_certificate_bound_access_tokens: { type: 'boolean', const: true },
  authorization_response_iss_parameter_supported: { type: 'boolean', const: true },
  request_parameter_supported: { type: 'boolean', const: false },
  request_uri_parameter_supported: { type: 'boolean', const: false },
  mtls_endpoint_aliases: { type: 'object', additionalProperties: address },
  ui_locales_supported: texts,
  service_documentation: address,
};

/** Members of the metadata that say nothing where no grant is to be had. */
const isOfGrants: ReadonlySet<string> = new Set([
  'authorization_endpoint',
  'authorization_endpoint#fr',
  'authorization_endpoint#en',
  'token_endpoint',
  'response_modes_supported',
  'token_endpoint_auth_methods_supported',
  'code_challenge_methods_supported',
  'tls_client_certificate_bound_access_tokens',
  'authorization_response_iss_parameter_supported',
  'request_parameter_supported',
  'request_uri_parameter_supported',
  'ui_locales_supported',
]);

function describeCheck(): JsonSchema {
  return {
    type: 'object',
    description: 'Either `organization`, or the `code` of the first rule that does not hold',
    required: ['outcome', 'roles', 'certificate', 'findings', 'decision', 'correlation_id'],
    properties: {
      outcome: { type: 'string', enum: ['qualified', 'not-qualified', 'indeterminate'] },
      organization: {
        type: 'object',
        required: ['identifier', 'legalName', 'certificateRoles', 'registerRoles'],
        properties: {
          identifier: { ...text, description: 'organizationIdentifier' },
          legalName: { ...text, description: 'In the register' },
          certificateRoles: roles,
          registerRoles: roles,
        },
      },
      code: {
        type: 'string',
        enum: [...new Set(ruleCatalogue.map(({ refusal }) => refusal))],
        description: 'What a call with this certificate would be refused with',
      },
      roles: { ...roles, description: 'In the certificate' },
      certificate: {
        type: 'object',
        required: ['subject', 'issuer', 'serialNumber', 'thumbprint', 'notBefore', 'notAfter'],
        properties: {
          subject: text,
          issuer: text,
          serialNumber: text,
          thumbprint: { ...text, description: 'x5t#S256' },
          notBefore: { type: 'string', format: 'date-time' },
          notAfter: { type: 'string', format: 'date-time' },
        },
      },
      findings: {
        type: 'array',
        items: reference('Finding'),
        description: 'Of every rule, in the order of the catalogue',
      },
      decision: { ...text, description: 'Under which the bank keeps the evidence' },
      correlation_id: text,
    },
  };
}
