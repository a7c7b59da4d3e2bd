import { expect } from 'vitest';

/** An answer as far as a refusal is judged by it. */
export interface RefusalLike {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** What every refusal of the api listener has: the status, the stable code, a reference, no copy in any cache, nothing of our insides. */
export function expectRefusal(answer: RefusalLike, status: number, code: string): void {
  const body = answer.text.startsWith('{') ? (JSON.parse(answer.text) as Readonly<Record<string, unknown>>) : {};
  expect({ status: answer.status, code: body['error_code'] }, answer.text.slice(0, 300)).toEqual({ status, code });
  expect(answer.headers['cache-control']).toContain('no-store');
  expect(answer.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(body['correlation_id']).toBe(answer.headers['x-correlation-id']);
  expect(body['documentation']).toContain(`#${code}`);
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(/node_modules|\\n\s+at |\.[jt]s:\d+/.exec(answer.text)?.[0]).toBeUndefined();
}
