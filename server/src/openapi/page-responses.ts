import { type RefusalCode, refusalCatalog } from '@postern/core/refusal/refusal-catalog.js';
import { pageStatusOf } from '../http/page-status.js';
import type { JsonSchema } from './json-schema.js';
import { anyHeaders } from './refusal-responses.js';

/** One response for each status that refusals of the web listener lead to; it answers people, with a page in their language. */
export function renderPageRefusals(codes: readonly RefusalCode[]): Readonly<Record<string, JsonSchema>> {
  const statuses = [...new Set(codes.map(pageStatusOf))].sort();
  const answers = statuses.map((status) => [
    String(status),
    renderPage(codes.filter((code) => pageStatusOf(code) === status)),
  ]);
  return {
    ...Object.fromEntries(answers),
    '408': renderPage(['REQUEST_MALFORMED']),
    '431': renderPage(['REQUEST_TOO_LARGE']),
  };
}

function renderPage(codes: readonly RefusalCode[]): JsonSchema {
  return {
    description: codes
      .map((code) => `\`${code}\`: ${refusalCatalog[code].meaning} ${refusalCatalog[code].remedy}`)
      .join('\n\n'),
    headers: anyHeaders,
    content: {
      'text/html': {
        schema: { type: 'string' },
        examples: Object.fromEntries(codes.map((code) => [code, { summary: refusalCatalog[code].meaning }])),
      },
    },
  };
}
