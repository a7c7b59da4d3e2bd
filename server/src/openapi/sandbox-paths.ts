import { renderOauthRefusal } from '../http/render-oauth-refusal.js';
import type { Realm } from '../realm.js';
import { readTranscriptBody } from '../transcripts/read-transcript.js';
import { type JsonSchema, reference } from './json-schema.js';
import { anyHeaders, renderRefusalResponses } from './refusal-responses.js';
import { requestId } from './request-id.js';
import { refusalsOfSandbox, type SandboxOperation } from './sandbox-refusals.js';
import { renderStatusPaths } from './sandbox-status-paths.js';

/** Every operation about the test certificates of a sandbox, by path and method. */
export function renderSandboxPaths(realm: Realm, documentation: string): JsonSchema {
  const refused = (operation: SandboxOperation) =>
    renderRefusalResponses(refusalsOfSandbox(operation), { documentation, render: renderOauthRefusal });
  const example = (name: string) => ({ example: readTranscriptBody(name, realm) });
  const change = (name: Change) => ({
    parameters: [id, requestId],
    post: {
      operationId: changes[name].operationId,
      tags: ['owner'],
      summary: changes[name].summary,
      requestBody: body(changes[name].schema, name === 'revoke' ? example('certificates-revoke.request') : {}),
      responses: {
        '200': answered(
          'TestCertificates',
          'What stands now',
          name === 'revoke' ? example('certificates-revoke.answer') : {},
        ),
        ...refused('change'),
      },
    },
  });
  return {
    '/certificates': { parameters: [requestId], post: describeApplication(example, refused('apply')) },
    '/certificates/{id}': {
      parameters: [id, requestId],
      get: {
        operationId: 'readCertificates',
        tags: ['owner'],
        summary: 'Your request, your certificates and their state',
        responses: {
          '200': answered('TestCertificates', 'As it stands', example('certificates-read.answer')),
          ...refused('read'),
        },
      },
    },
    ...Object.fromEntries(
      (Object.keys(changes) as Change[]).map((name) => [`/certificates/{id}/${name}`, change(name)]),
    ),
    '/certificates/{id}/kit': {
      parameters: [id, requestId],
      get: {
        operationId: 'readKit',
        tags: ['owner'],
        summary: 'The broken certificates that were issued to you last',
        responses: { '200': answered('Kit', 'The kit, empty before the first'), ...refused('read') },
      },
      post: {
        operationId: 'issueKit',
        tags: ['owner'],
        summary: 'Have broken certificates issued, each with the refusal it must cause',
        requestBody: body('Nothing', { example: {} }),
        responses: { '201': answered('Kit', 'The kit'), ...refused('change') },
      },
    },
    ...renderStatusPaths(realm),
  };
}

const changes = {
  revoke: { operationId: 'revokeCertificate', schema: 'Revocation', summary: 'Revoke a certificate, or hold it' },
  release: { operationId: 'releaseCertificate', schema: 'Release', summary: 'Release a certificate that is held' },
  register: {
    operationId: 'changeStanding',
    schema: 'Standing',
    summary: 'Suspend, withdraw or restore your organisation in the register of the sandbox',
  },
  renew: {
    operationId: 'renewCertificates',
    schema: 'Renewal',
    summary: 'Have new certificates issued; those there are stay as they are',
  },
} as const;

type Change = keyof typeof changes;

function describeApplication(example: (name: string) => JsonSchema, refused: JsonSchema): JsonSchema {
  const location = { description: 'Path of the request', schema: { type: 'string' } };
  const answer = (description: string, more: JsonSchema = {}) => {
    const answered = { allOf: [reference('TestCertificates'), { type: 'object', required: ['secret'] }] };
    return {
      description,
      headers: { ...anyHeaders, Location: location },
      content: { 'application/json': { schema: answered, ...more } },
    };
  };
  return {
    operationId: 'applyForCertificates',
    tags: ['request'],
    summary: 'Ask for a pair of test certificates, one for TLS and one for signatures',
    security: [],
    requestBody: body('Application', example('certificates-apply.request')),
    responses: {
      '201': answer('Issued', example('certificates-apply.answer')),
      '202': answer('Kept until the bank has decided: read it again later'),
      ...refused,
    },
  };
}

function answered(schema: string, description: string, more: JsonSchema = {}): JsonSchema {
  return { description, headers: anyHeaders, content: { 'application/json': { schema: reference(schema), ...more } } };
}

function body(schema: string, more: JsonSchema): JsonSchema {
  return { required: true, content: { 'application/json': { schema: reference(schema), ...more } } };
}

const id = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'Of your request',
  schema: { type: 'string', format: 'uuid' },
};
