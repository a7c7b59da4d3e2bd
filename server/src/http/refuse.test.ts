import { PassThrough } from 'node:stream';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { describe, expect, it } from 'vitest';
import { refuse } from './refuse.js';

function answerTo(requestId: string | readonly string[] | undefined) {
  const request = {
    correlationId: 'c',
    method: 'GET',
    target: '/',
    route: undefined,
    requestId,
    socket: new PassThrough(),
    last: false,
  };
  return refuse(new Refusal('NOT_FOUND', 'Nothing is here.'), request, {
    clock: () => new Date(0),
    documentation: () => '',
    audit: { append: () => undefined },
    securityHeaders: { 'x-content-type-options': 'nosniff' },
    render: () => ({ status: 404, headers: { 'retry-after': '1' }, contentType: 'text/plain', body: 'é' }),
  });
}

describe('refuse', () => {
  it('sends back an X-Request-Id that is one, and nothing else that came under its name', () => {
    expect(answerTo('a-1').headers['x-request-id']).toBe('a-1');
    for (const other of [undefined, '', 'a\r\nset-cookie: b', 'é', 'x'.repeat(10_000), ['a', 'b']])
      expect(answerTo(other).headers, String(other)).not.toHaveProperty('x-request-id');
  });

  it('counts octets, and has every header of the listener and of the dialect', () => {
    expect(answerTo(undefined)).toEqual({
      status: 404,
      body: 'é',
      headers: {
        'x-content-type-options': 'nosniff',
        'retry-after': '1',
        'content-type': 'text/plain',
        'content-length': '2',
        'x-correlation-id': 'c',
      },
    });
  });
});
