import type { BrandRegistrationPolicy } from '../config-schema.js';
import { largestBody } from '../http/read-body.js';
import { renderOauthRefusal } from '../http/render-oauth-refusal.js';
import type { Realm } from '../realm.js';
import { type RegistrationOperation, refusalsOf } from '../registration-refusals.js';
import { readTranscriptBody } from '../transcripts/read-transcript.js';
import { type JsonSchema, reference } from './json-schema.js';
import { anyHeaders, renderRefusalResponses } from './refusal-responses.js';
import { requestId } from './request-id.js';

/** Every operation of registration and client management, by path and method. */
export function renderRegistrationPaths(
  realm: Realm,
  {
    documentation,
    policy,
  }: { readonly documentation: string; readonly policy: Pick<BrandRegistrationPolicy, 'requestSignature'> },
): JsonSchema {
  const refused = (operation: RegistrationOperation) =>
    renderRefusalResponses(refusalsOf(operation, policy), { documentation, render: renderOauthRefusal });
  const signature = policy.requestSignature === 'required' ? signatureHeaders : [];
  const answered = (name: string, description: string, more: JsonSchema = {}): JsonSchema => ({
    description,
    headers: { ...anyHeaders, ...more },
    content: { 'application/json': { schema: reference('Registration'), example: readTranscriptBody(name, realm) } },
  });
  const etag = { ETag: { $ref: '#/components/headers/ETag' } };
  const location = { Location: { $ref: '#/components/headers/Location' }, ...etag };
  return {
    '/oauth2/registrations': {
      parameters: [requestId],
      post: {
        operationId: 'register',
        tags: ['registration'],
        summary: 'Register an application (RFC 7591)',
        parameters: [idempotencyKey, ...signature],
        requestBody: {
          required: true,
          description: `JSON in UTF-8 of at most ${largestBody} octets, without content encoding`,
          content: {
            'application/json': {
              schema: reference('ClientMetadata'),
              example: readTranscriptBody('register.request', realm),
            },
          },
        },
        responses: {
          '200': answered(
            'register-repeated.answer',
            'The same request came before: the client that it made',
            location,
          ),
          '201': answered('register.answer', 'Registered', location),
          ...refused('register'),
        },
      },
      get: {
        operationId: 'list',
        tags: ['management'],
        summary: 'All registrations of your organisation: recovery by certificate alone',
        responses: {
          '200': {
            description: 'The registrations, none or many',
            headers: anyHeaders,
            content: {
              'application/json': {
                schema: reference('RegistrationList'),
                example: readTranscriptBody('list.answer', realm),
              },
            },
          },
          ...refused('list'),
        },
      },
    },
    '/oauth2/registrations/{client_id}': {
      parameters: [clientId, requestId],
      get: {
        operationId: 'read',
        tags: ['management'],
        summary: 'Read a registration (RFC 7592 section 2.1)',
        security: withToken,
        responses: { '200': answered('read.answer', 'The registration as it stands', etag), ...refused('read') },
      },
      put: {
        operationId: 'update',
        tags: ['management'],
        summary: 'Put a whole registration in the place of this one (RFC 7592 section 2.2)',
        description:
          'What was read can be sent back, changed or not. A member that is left out or null is gone. Keys stand side by side; one that is left out ends.',
        security: withToken,
        parameters: [ifMatch, ...signature],
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: updateSchema, example: readTranscriptBody('update-keys.request', realm) },
          },
        },
        responses: {
          '200': answered('update-keys.answer', 'The registration as it is now', etag),
          ...refused('update'),
        },
      },
      delete: {
        operationId: 'end',
        tags: ['management'],
        summary: 'End a registration, with its grants and tokens (RFC 7592 section 2.3)',
        security: withToken,
        parameters: [ifMatch],
        responses: { '204': { description: 'Ended', headers: anyHeaders }, ...refused('end') },
      },
    },
    '/oauth2/registrations/{client_id}/token': {
      parameters: [clientId, requestId],
      post: {
        operationId: 'renewToken',
        tags: ['management'],
        summary: 'A new registration access token, to the QWAC alone: for who has lost it',
        responses: {
          '200': {
            description: 'The new token; the older ones end where the bank rotates tokens',
            headers: anyHeaders,
            content: {
              'application/json': {
                schema: renewedTokenSchema,
                example: readTranscriptBody('renew-token.answer', realm),
              },
            },
          },
          ...refused('renew-token'),
        },
      },
    },
  };
}

const updateSchema = {
  allOf: [
    reference('ClientMetadata'),
    { type: 'object', required: ['client_id'], properties: { client_id: { type: 'string' } } },
  ],
};

const renewedTokenSchema = {
  type: 'object',
  required: ['client_id', 'registration_client_uri', 'registration_access_token'],
  properties: {
    client_id: { type: 'string' },
    registration_client_uri: { type: 'string', format: 'uri' },
    registration_access_token: { type: 'string' },
  },
};

const ifMatch = {
  name: 'If-Match',
  in: 'header',
  description: 'The ETag of the registration that the change is meant for; left out, the last whole update stands',
  schema: { type: 'string' },
};

/** What a signed request carries (draft-cavage-http-signatures-12 as STET profiles it, framework 3.5). */
const signatureHeaders = [
  ['Date', 'The time of the request'],
  ['Digest', 'SHA-256= and the base64 of the hash of the body'],
  [
    'Signature',
    'rsa-sha256 over (request-target) host date x-request-id digest content-type, by a QSealC; X-Request-Id is then needed',
  ],
].map(([name, description]) => ({ name, in: 'header', required: true, description, schema: { type: 'string' } }));

const withToken = [{ qwac: [] }, { qwac: [], registrationAccessToken: [] }];

const clientId = {
  name: 'client_id',
  in: 'path',
  required: true,
  schema: { type: 'string', pattern: '^[0-9a-f]{40}$' },
};

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'The same key with the same body answers the same client for 24 hours; with another body it is refused',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
};
