import { Refusal } from '@postern/core/refusal/refusal.js';
import { type RefusalCode, refusalCatalog } from '@postern/core/refusal/refusal-catalog.js';
import type { RenderRefusal } from '../http/refusal-answer.js';
import { renderOauthRefusal } from '../http/render-oauth-refusal.js';
import { type JsonSchema, reference } from './json-schema.js';

/** Headers of every answer. */
export const anyHeaders = {
  'X-Correlation-Id': { $ref: '#/components/headers/X-Correlation-Id' },
  'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' },
};

/** `Refusal`: every refusal of registration (RFC 7591 section 3.2.2), complete. */
export function renderRefusalSchema(codes: readonly RefusalCode[]): JsonSchema {
  return {
    type: 'object',
    required: ['error', 'error_description', 'error_code', 'documentation', 'correlation_id'],
    properties: {
      error: { type: 'string', enum: [...new Set(codes.map(errorOf))], description: 'The code of the standard' },
      error_description: {
        type: 'string',
        maxLength: 1_000,
        description: 'Names the member and its rule; everything that is wrong, one sentence after the other',
      },
      error_code: { type: 'string', enum: codes, description: 'Stable, from the closed list of the errors page' },
      problems: { type: 'array', items: { type: 'string' }, description: 'Everything that is wrong, a sentence each' },
      findings: {
        type: 'array',
        items: reference('Finding'),
        description: 'What the rules of qualification found, where a certificate was judged',
      },
      documentation: { type: 'string', format: 'uri' },
      correlation_id: { type: 'string', description: 'The reference to quote; also in the header X-Correlation-Id' },
    },
  };
}

/** `Finding`: what one rule found. */
export function renderFindingSchema(): JsonSchema {
  const text = { type: 'string' };
  return {
    type: 'object',
    required: ['rule', 'title', 'outcome', 'found', 'expected', 'clause', 'remedy'],
    properties: {
      rule: text,
      layer: text,
      title: text,
      outcome: { type: 'string', enum: ['pass', 'fail', 'warn', 'indeterminate', 'not-applicable'] },
      found: text,
      expected: text,
      clause: { type: 'string', description: 'Of the standard that the rule comes from' },
      remedy: text,
    },
  };
}

/** How refusals are written at an address; `documentation` is the errors page that they name. */
interface RefusalDialect {
  readonly documentation: string;
  readonly render: RenderRefusal;
}

/** One response for each status that the codes lead to, with an example of each code. */
export function renderRefusalResponses(
  codes: readonly RefusalCode[],
  dialect: RefusalDialect,
): Readonly<Record<string, JsonSchema>> {
  const examples = codes.map((code) => ({ code, ...exampleOf(code, dialect) }));
  const statuses = [...new Set(examples.map(({ status }) => status))].sort();
  const answers = statuses.map((status) => [status, renderResponse(examples.filter((each) => each.status === status))]);
  return { ...Object.fromEntries(answers), ...headFaults };
}

/** What is answered before there is a request to route: the rest of the head or of the body never came, or is too much. */
const headFaults = {
  '408': bare('The request did not arrive whole within its time (`REQUEST_MALFORMED`)'),
  '431': bare('The head of the request is too large (`REQUEST_TOO_LARGE`)'),
};

type Example = ReturnType<typeof exampleOf> & { readonly code: RefusalCode };

function renderResponse(examples: readonly Example[]): JsonSchema {
  const codes = examples.map(({ code }) => code);
  const headers = [...new Set(examples.flatMap((example) => example.headers))];
  return {
    description: codes
      .map((code) => `\`${code}\`: ${refusalCatalog[code].meaning} ${refusalCatalog[code].remedy}`)
      .join('\n\n'),
    headers: {
      ...anyHeaders,
      ...Object.fromEntries(headers.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
    },
    content: {
      'application/json': {
        schema: {
          allOf: [
            reference('Refusal'),
            { type: 'object', properties: { error_code: { type: 'string', enum: codes } } },
          ],
        },
        examples: Object.fromEntries(examples.map(({ code, value }) => [code, { value }])),
      },
    },
  };
}

/** The answer as the server itself renders it. */
function exampleOf(code: RefusalCode, { documentation, render }: RefusalDialect) {
  const context = { correlationId: '019abf3c-0000-7000-8000-000000000000', now: new Date(0), path: '/', documentation };
  const answer = render(new Refusal(code, refusalCatalog[code].meaning), context);
  const given = answer.headers['www-authenticate'] === undefined ? [] : ['WWW-Authenticate'];
  const value = JSON.parse(answer.body) as Readonly<Record<string, unknown>>;
  return { status: String(answer.status), value, headers: [...given, ...(headersOf[code] ?? [])] };
}

const headersOf: Partial<Record<RefusalCode, readonly string[]>> = {
  METHOD_NOT_ALLOWED: ['Allow'],
  REGISTRATION_QUOTA_REACHED: ['Retry-After'],
  RATE_LIMITED: ['Retry-After'],
};

function errorOf(code: RefusalCode): unknown {
  return exampleOf(code, { documentation: '', render: renderOauthRefusal }).value['error'];
}

function bare(description: string): JsonSchema {
  return { description, headers: anyHeaders, content: { 'application/json': { schema: reference('Refusal') } } };
}
