import type { HttpAnswer } from '../http/http-answer.js';

/** Request line and status line of an exchange, query left out: it may hold codes. */
export function describeExchange(answer: HttpAnswer): { readonly request: string; readonly response: string } {
  const url = new URL(answer.url);
  return {
    request: `${answer.method} ${url.origin}${url.pathname}`,
    response: `${answer.status} ${answer.statusText}`.trim(),
  };
}
