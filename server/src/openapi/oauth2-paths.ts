import { renderOauthRefusal } from '../http/render-oauth-refusal.js';
import type { Realm } from '../realm.js';
import { readTranscriptBody, readTranscriptForm } from '../transcripts/read-transcript.js';
import { type JsonSchema, reference } from './json-schema.js';
import { type OauthOperation, refusalsOfOauth, returnedErrors } from './oauth2-refusals.js';
import { scope } from './oauth2-schemas.js';
import { renderPageRefusals } from './page-responses.js';
import { anyHeaders, renderRefusalResponses } from './refusal-responses.js';
import { requestId } from './request-id.js';

/** Every operation of the authorization server of a realm, by path and method. */
export function renderOauth2Paths(realm: Realm, documentation: string): JsonSchema {
  const refused = (operation: OauthOperation) =>
    renderRefusalResponses(refusalsOfOauth(operation), { documentation, render: renderOauthRefusal });
  const metadata = (operationId: string, summary: string) => ({
    operationId,
    tags: ['metadata'],
    summary,
    security: [],
    responses: { '200': answered('Metadata', 'As this server works now'), ...refused('read') },
  });
  return {
    ...(realm.bank === 'none' ? {} : renderGrants(realm, refused('token'))),
    '/oauth2/jwks': {
      parameters: [requestId],
      get: {
        operationId: 'keys',
        tags: ['metadata'],
        summary: 'The public keys of access tokens (RFC 7517)',
        security: [],
        responses: { '200': answered('KeySet', 'The keys in use'), ...refused('read') },
      },
    },
    [`/.well-known/oauth-authorization-server${realm.prefix}`]: {
      servers: [{ url: realm.apiUrl }],
      parameters: [requestId],
      get: metadata('metadata', 'The metadata of the authorization server (RFC 8414)'),
    },
    '/.well-known/oauth-authorization-server': {
      parameters: [requestId],
      get: metadata('metadataBelowIssuer', 'The same, for clients that look below the issuer'),
    },
    '/certificate-check': {
      parameters: [requestId],
      get: {
        operationId: 'checkCertificate',
        tags: ['certificate'],
        summary: 'What the bank thinks of the certificate that you present: every rule and finding',
        responses: {
          '200': answered('CertificateCheck', 'Qualified or not; a browser gets it as a page'),
          ...refused('check'),
        },
      },
    },
  };
}

/** The way to the customer and to tokens. */
function renderGrants(realm: Realm, refused: JsonSchema): JsonSchema {
  const authorization = describeAuthorization(realm);
  return {
    '/oauth2/{lang}/authorize': {
      ...authorization,
      get: { ...authorization.get, responses: authorizationResponses() },
    },
    '/oauth2/token': { parameters: [requestId], post: describeToken(realm, refused) },
  };
}

function answered(schema: string, description: string, more: JsonSchema = {}): JsonSchema {
  return { description, headers: anyHeaders, content: { 'application/json': { schema: reference(schema), ...more } } };
}

function describeToken(realm: Realm, refused: JsonSchema): JsonSchema {
  const example = (name: string) => ({ value: readTranscriptForm(`${name}.request`, realm) });
  return {
    operationId: 'token',
    tags: ['authorization'],
    summary: 'Exchange a code, refresh an access, or ask for a token of your own (RFC 6749)',
    description:
      'The QWAC of the connection authenticates the client (tls_client_auth): no secret, no Authorization header. Each parameter may stand once only.',
    requestBody: {
      required: true,
      content: {
        'application/x-www-form-urlencoded': {
          schema: { oneOf: ['CodeRequest', 'RefreshRequest', 'ClientCredentialsRequest'].map(reference) },
          examples: {
            authorization_code: example('token-by-code'),
            refresh_token: example('token-by-refresh'),
            client_credentials: example('token-of-client'),
          },
        },
      },
    },
    responses: {
      '200': answered('TokenAnswer', 'Issued', { example: readTranscriptBody('token-by-code.answer', realm) }),
      ...refused,
    },
  };
}

function describeAuthorization(realm: Realm) {
  return {
    // Of the listener that the customer's browser goes to.
    servers: [{ url: `${realm.webUrl}${realm.prefix}` }],
    parameters: [
      { name: 'lang', in: 'path', required: true, schema: { type: 'string', enum: ['fr', 'en'] } },
      requestId,
    ],
    get: {
      operationId: 'authorize',
      tags: ['authorization'],
      summary: 'Send the customer’s browser here (RFC 6749 section 4.1.1)',
      description:
        'For the browser of the customer, not for your server. The answer comes to your redirect_uri as `code`, with `state` as you sent it and `iss`; each parameter may stand once only.',
      security: [],
      parameters: authorizationParameters,
    },
  };
}

const authorizationParameters = [
  query('response_type', { type: 'string', const: 'code' }, 'Nothing but code is offered'),
  query('client_id', { type: 'string', maxLength: 200 }, 'Of your registration'),
  query(
    'redirect_uri',
    { type: 'string', format: 'uri' },
    'Character for character a registered one; may be left out where one is registered',
    false,
  ),
  query('scope', scope, 'Of your registration; pisp is not asked for here'),
  query('state', { type: 'string', maxLength: 2_048 }, 'Returned as it was sent', false),
  query(
    'code_challenge',
    { type: 'string', pattern: '^[A-Za-z0-9_-]{43}=?$' },
    'The base64url of the SHA-256 of the code_verifier (RFC 7636)',
  ),
  query('code_challenge_method', { type: 'string', const: 'S256' }, 'Nothing but S256 is offered'),
  query('response_mode', { type: 'string', const: 'query' }, 'May be left out', false),
  query('ui_locales', { type: 'string' }, 'fr or en: the language of the pages', false),
];

function query(name: string, schema: JsonSchema, description: string, required = true): JsonSchema {
  return { name, in: 'query', required, description, schema };
}

function authorizationResponses(): JsonSchema {
  const errors = Object.entries(returnedErrors).map(
    ([error, codes]) => `\`${error}\` (${codes.map((code) => `\`${code}\``).join(', ')})`,
  );
  return {
    '303': {
      description: `To the pages of the bank; or, once client and redirect_uri are known to be right, back to the redirect_uri with \`error\`: ${errors.join(', ')}`,
      headers: { ...anyHeaders, Location: { $ref: '#/components/headers/Location' } },
    },
    ...renderPageRefusals(refusalsOfOauth('authorize')),
  };
}
