import type { Realm } from '../realm.js';
import type { JsonSchema } from './json-schema.js';
import { renderPageRefusals } from './page-responses.js';
import { anyHeaders } from './refusal-responses.js';
import { requestId } from './request-id.js';
import { refusalsOfSandbox, type SandboxOperation } from './sandbox-refusals.js';

/** What a sandbox says of its certificates to everybody: OCSP, revocation lists, CA certificates, at the addresses in the certificates. */
export function renderStatusPaths(realm: Realm): JsonSchema {
  // Of the web listener, which asks for no certificate.
  const servers = [{ url: `${realm.webUrl}${realm.prefix}` }];
  const read = (operationId: string, summary: string, answer: Answer) => ({
    operationId,
    tags: ['status'],
    summary,
    security: [],
    responses: {
      '200': { description: answer.description, headers: anyHeaders, content: { [answer.mediaType]: {} } },
      ...renderPageRefusals(refusalsOfSandbox(answer.refusals)),
    },
  });
  return {
    '/ocsp': {
      servers,
      parameters: [requestId],
      post: {
        ...read('ocsp', 'The status of one certificate (RFC 6960)', {
          description: 'An OCSPResponse, also where the request cannot be read',
          mediaType: 'application/ocsp-response',
          refusals: 'status',
        }),
        requestBody: { required: true, content: { 'application/ocsp-request': {} } },
      },
    },
    '/ocsp/{request}': {
      servers,
      parameters: [ocspRequest, requestId],
      get: read('ocspByGet', 'The status of one certificate, asked by GET (RFC 6960 appendix A.1)', {
        description: 'An OCSPResponse, also where the request cannot be read',
        mediaType: 'application/ocsp-response',
        refusals: 'status',
      }),
    },
    '/crl/{number}.crl': {
      servers,
      parameters: [number, requestId],
      get: read('crl', 'The revocation list of an issuing CA (RFC 5280)', {
        description: 'The list',
        mediaType: 'application/pkix-crl',
        refusals: 'authority',
      }),
    },
    '/certificates/{number}.cer': {
      servers,
      parameters: [number, requestId],
      get: read('issuer', 'The certificate of an issuing CA', {
        description: 'DER',
        mediaType: 'application/pkix-cert',
        refusals: 'authority',
      }),
    },
    '/certificates/root.cer': {
      servers,
      parameters: [requestId],
      get: read('root', 'The certificate of the root', {
        description: 'DER',
        mediaType: 'application/pkix-cert',
        refusals: 'status',
      }),
    },
  };
}

interface Answer {
  readonly description: string;
  readonly mediaType: string;
  readonly refusals: SandboxOperation;
}

const ocspRequest = {
  name: 'request',
  in: 'path',
  required: true,
  description: 'An OCSPRequest in base64, its signs percent-encoded or not',
  schema: { type: 'string', contentEncoding: 'base64' },
};

const number = {
  name: 'number',
  in: 'path',
  required: true,
  description: 'Of the issuing CA, as in its name',
  schema: { type: 'integer', minimum: 1 },
};
