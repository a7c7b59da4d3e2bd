import { requiredHeaders } from '@postern/core/guard/guard-call.js';
import { renderStetRefusal } from '../http/render-stet-refusal.js';
import type { Realm } from '../realm.js';
import { refusalsOfAccounts } from './account-refusals.js';
import { accountSchemas, renderStetRefusalSchema } from './account-schemas.js';
import { answerHeaders, qwacScheme } from './answer-headers.js';
import { type JsonSchema, reference } from './json-schema.js';
import { anyHeaders, renderFindingSchema, renderRefusalResponses } from './refusal-responses.js';

/** Version of the description; that of the interface stands in the address. */
const version = '1.0.0';

/** The OpenAPI 3.1 document of account information (STET framework 1.5) in one realm. */
export function describeAccounts(realm: Realm, documentation: string): JsonSchema {
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: `Account information: ${realm.brand.name.en}, ${realm.environment}`,
      version,
      summary: 'Accounts, balances and transactions of the STET PSD2 framework, read with a customer’s agreement',
      description:
        'Each call is made over mutual TLS with the QWAC that the access token is bound to, and signed with a registered QSealC (draft-cavage-http-signatures-12).',
    },
    servers: [{ url: `${realm.issuer}/stet-psd2-api/v1` }],
    externalDocs: { url: `${realm.webUrl}/${realm.brand.id}/en/developers/open-banking-api` },
    security: [{ qwac: [], accessToken: [] }],
    tags: [{ name: 'accounts' }],
    paths: renderPaths(documentation),
    components: {
      schemas: {
        ...accountSchemas,
        Refusal: renderStetRefusalSchema(refusalsOfAccounts(true)),
        Finding: renderFindingSchema(),
      },
      headers: answerHeaders,
      securitySchemes: {
        qwac: qwacScheme,
        accessToken: { type: 'http', scheme: 'bearer', description: 'An access token with the scope aisp' },
      },
    },
  };
}

function renderPaths(documentation: string): JsonSchema {
  const refused = (ofOne: boolean) =>
    renderRefusalResponses(refusalsOfAccounts(ofOne), { documentation, render: renderStetRefusal });
  const read = (operationId: string, summary: string, more: { schema: string; ofOne: boolean; empty?: string }) => ({
    operationId,
    tags: ['accounts'],
    summary,
    responses: {
      '200': {
        description: 'What the access covers',
        headers: anyHeaders,
        content: { 'application/hal+json': { schema: reference(more.schema) } },
      },
      ...(more.empty === undefined ? {} : { '204': { description: more.empty, headers: anyHeaders } }),
      ...refused(more.ofOne),
      ...beforeTheRequest,
    },
  });
  return {
    '/accounts': {
      parameters: callHeaders,
      get: read('accounts', 'The accounts that the customer chose', {
        schema: 'Accounts',
        ofOne: false,
        empty: 'None of the accounts is left',
      }),
    },
    '/accounts/{resourceId}/balances': {
      parameters: [resourceId, ...callHeaders],
      get: read('balances', 'The balances of one account', { schema: 'Balances', ofOne: true }),
    },
    '/accounts/{resourceId}/transactions': {
      parameters: [resourceId, ...callHeaders],
      get: {
        ...read('transactions', 'The transactions of one account, a page at a time', {
          schema: 'Transactions',
          ofOne: true,
          empty: 'There are none in that time',
        }),
        parameters: queries,
      },
    },
  };
}

/** Answered before the address is known, and so in the form of OAuth's errors. */
const beforeTheRequest = {
  '408': { description: 'The request did not arrive whole within its time (`REQUEST_MALFORMED`)', headers: anyHeaders },
  '431': { description: 'The head of the request is too large (`REQUEST_TOO_LARGE`)', headers: anyHeaders },
};

const resourceId = { name: 'resourceId', in: 'path', required: true, schema: { type: 'string' } };

/** Authorization stands in the security schemes, Accept and Host go without saying (OpenAPI 3.1, Parameter Object). */
const said = ['host', 'authorization', 'accept'];
const meanings: Readonly<Record<string, string>> = {
  date: 'The time of the request, IMF-fixdate (RFC 9110 section 5.6.7)',
  'x-request-id': 'Yours, new for each request; answered in the header of the same name',
  'user-agent': 'Your software',
};

const callHeaders = [
  ...requiredHeaders
    .filter((name) => !said.includes(name))
    .map((name) => ({
      name,
      in: 'header',
      required: true,
      description: meanings[name] ?? 'Needed with every call',
      schema: { type: 'string' },
    })),
  {
    name: 'signature',
    in: 'header',
    required: true,
    description: 'keyId, algorithm, headers, signature (draft-cavage-http-signatures-12 section 4.1)',
    schema: { type: 'string', maxLength: 8_192 },
  },
];

const date = { type: 'string', description: 'A day, or a time with its zone' };
const queries = [
  { name: 'dateFrom', in: 'query', description: 'The first day or time, included', schema: date },
  { name: 'dateTo', in: 'query', description: 'The last day or time, not included', schema: date },
  { name: 'page', in: 'query', description: 'From 1', schema: { type: 'integer', minimum: 1 } },
];
