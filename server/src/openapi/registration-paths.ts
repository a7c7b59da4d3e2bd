import { largestBody } from '../http/create-application.js';
import type { Realm } from '../realm.js';
import { type RegistrationOperation, refusalsOf } from '../registration-refusals.js';
import { readTranscriptBody } from '../transcripts/read-transcript.js';
import { type JsonSchema, reference } from './json-schema.js';
import { anyHeaders, renderRefusalResponses } from './refusal-responses.js';

/** Every operation of registration and client management, by path and method. */
export function renderRegistrationPaths(realm: Realm, documentation: string): JsonSchema {
  const refused = (operation: RegistrationOperation) => renderRefusalResponses(refusalsOf(operation), documentation);
  const answered = (name: string, description: string, more: JsonSchema = {}): JsonSchema => ({
    description,
    headers: { ...anyHeaders, ...more },
    content: { 'application/json': { schema: reference('Registration'), example: readTranscriptBody(name, realm) } },
  });
  const location = { Location: { $ref: '#/components/headers/Location' } };
  return {
    '/oauth2/registrations': {
      parameters: [requestId],
      post: {
        operationId: 'register',
        tags: ['registration'],
        summary: 'Register an application (RFC 7591)',
        parameters: [idempotencyKey],
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
        responses: { '200': answered('read.answer', 'The registration as it stands'), ...refused('read') },
      },
    },
  };
}

const withToken = [{ qwac: [] }, { qwac: [], registrationAccessToken: [] }];

const clientId = {
  name: 'client_id',
  in: 'path',
  required: true,
  schema: { type: 'string', pattern: '^[0-9a-f]{40}$' },
};

const requestId = {
  name: 'X-Request-Id',
  in: 'header',
  description: 'Answered in the header of the same name',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,70}$' },
};

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'The same key with the same body answers the same client for 24 hours; with another body it is refused',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
};
