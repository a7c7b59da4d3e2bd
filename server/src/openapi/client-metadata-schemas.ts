import { clientMetadataSchema } from '@postern/core/registration/client-metadata.js';
import type { RegistrationPolicy } from '@postern/core/registration/registration-policy.js';
import { scopes } from '@postern/core/registration/scope-for-roles.js';
import { humanMembers } from '@postern/core/registration/tagged-members.js';
import { z } from 'zod';
import { type JsonSchema, reference } from './json-schema.js';

/** Members without which nothing is registered (beside `redirect_uris`, which depends on the grant types). */
const requiredInRequest = ['jwks'];

/** Members that are answered although they need not be sent: each has its default. */
const alwaysAnswered = [
  'redirect_uris',
  'token_endpoint_auth_method',
  'grant_types',
  'response_types',
  'provider_legal_id',
];

type MetadataPolicy = Pick<RegistrationPolicy, 'nativeRedirects'>;

/** What the predicates of the schema say in code, as far as JSON Schema can say it; a test holds one against the other. */
const predicates: Readonly<Record<string, JsonSchema>> = {
  client_name: { minLength: 1, maxLength: 80 },
  redirect_uris: { maxItems: 20, uniqueItems: true, items: webAddress() },
  scope: { pattern: `^(${scopes.join('|')})( (${scopes.join('|')})){0,${scopes.length - 1}}$` },
  grant_types: { uniqueItems: true },
  response_types: { uniqueItems: true },
  logo_uri: { pattern: '^(https://|data:image/png;base64,)', maxLength: 32_790 },
  logo: { pattern: '^(data:image/png;base64,)?[A-Za-z0-9+/]+={0,2}$', maxLength: 32_790 },
  contacts: { maxItems: 10 },
  client_uri: webAddress(),
  policy_uri: webAddress(),
  tos_uri: webAddress(),
};

/** `ClientMetadata`: what is sent to register, made of the schema that validates it. */
export function renderMetadataRequest(policy: MetadataPolicy): JsonSchema {
  const { properties, patternProperties, required } = renderMembers(policy);
  return {
    type: 'object',
    description:
      'Client metadata (RFC 7591 section 2). A member that is null counts as left out; one that is not listed here is ignored and not answered.',
    required: [...required, ...requiredInRequest],
    properties: { ...properties, jwks: reference('SentKeySet') },
    patternProperties,
  };
}

/** `Registration`: what is answered (RFC 7591 section 3.2.1, RFC 7592 section 3). */
export function renderRegistrationAnswer(policy: MetadataPolicy): JsonSchema {
  const { properties, patternProperties, required } = renderMembers(policy);
  return {
    type: 'object',
    required: [
      'client_id',
      'client_id_issued_at',
      ...required,
      ...alwaysAnswered,
      'tls_client_auth_subject_dn',
      'jwks',
      'registration_client_uri',
    ],
    properties: {
      client_id: { type: 'string', pattern: '^[0-9a-f]{40}$', description: 'The name of the client' },
      client_id_issued_at: { type: 'integer', description: 'Seconds since 1970-01-01T00:00:00Z' },
      ...properties,
      jwks: reference('RegisteredKeySet'),
      tls_client_auth_subject_dn: {
        type: 'string',
        description:
          'The subject of the QWAC that registered (RFC 8705 section 2.1.2), for reading only: the client is known by the organisation of its certificates',
      },
      registration_client_uri: {
        type: 'string',
        format: 'uri',
        description: 'Where the registration is read, replaced and deleted',
      },
      warnings: {
        type: 'array',
        items: { type: 'string' },
        description: 'What is allowed and yet worth a look; for people to read',
      },
      registration_access_token: {
        type: 'string',
        description:
          'Opens this one registration, beside a QWAC of the organisation (RFC 7592). Answered where it was just issued or just presented: its hash alone is kept',
      },
    },
    patternProperties,
  };
}

function renderMembers({ nativeRedirects }: MetadataPolicy) {
  const { properties = {}, required = [] } = z.toJSONSchema(clientMetadataSchema, {
    io: 'input',
    unrepresentable: 'any',
  });
  const members = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, addPredicates(name, schema as JsonSchema)]),
  );
  const redirects = nativeRedirects ? { redirect_uris: withNativeRedirects(members['redirect_uris'] ?? {}) } : {};
  const tagged = humanMembers.map((name) => [`^${name}#[A-Za-z0-9-]+$`, inAnotherLanguage(members[name] ?? {})]);
  return { properties: { ...members, ...redirects }, patternProperties: Object.fromEntries(tagged), required };
}

/** RFC 7591 section 2.2. */
function inAnotherLanguage({ description, ...schema }: JsonSchema): JsonSchema {
  return { ...schema, description: `${String(description)}; in the language of the tag (BCP 47)` };
}

function withNativeRedirects(schema: JsonSchema): JsonSchema {
  const items = { ...(schema['items'] as JsonSchema), pattern: '^(https://|[a-z][a-z0-9-]*(\\.[a-z0-9-]+)+:/)' };
  const description = `${String(schema['description'])}; or links into a native application (RFC 8252 section 7.1)`;
  return { ...schema, items, description };
}

function addPredicates(name: string, schema: JsonSchema): JsonSchema {
  const more = predicates[name];
  if (more === undefined) return schema;
  const items =
    more['items'] === undefined
      ? {}
      : { items: { ...(schema['items'] as JsonSchema), ...(more['items'] as JsonSchema) } };
  return { ...schema, ...more, ...items };
}

function webAddress(): JsonSchema {
  return { format: 'uri', pattern: '^https://', maxLength: 2_000 };
}
