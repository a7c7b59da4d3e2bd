import { Refusal } from '@postern/core/refusal/refusal.js';
import { describe, expect, it } from 'vitest';
import { guardRequestHead } from './guard-request-head.js';

const hosts = new Set(['api.bank.example']);
const plain = {
  method: 'GET',
  version: '1.1',
  target: '/demo-bank/x?a=%C3%A9',
  rawHeaders: ['Host', 'api.bank.example'],
  serverName: undefined,
};

function codeOf(change: Partial<Parameters<typeof guardRequestHead>[0]>): string {
  try {
    guardRequestHead({ ...plain, ...change }, { hosts, base64Below: ['/sandbox/demo-bank/ocsp/'] });
    return 'passed';
  } catch (cause) {
    if (cause instanceof Refusal) return cause.code;
    throw cause;
  }
}

const withHeaders = (...headers: string[]) => codeOf({ rawHeaders: [...plain.rawHeaders, ...headers] });

describe('guardRequestHead', () => {
  it('lets a plain head pass, the host in any case', () => {
    expect(codeOf({})).toBe('passed');
    expect(codeOf({ rawHeaders: ['host', 'API.bank.example'], serverName: 'api.bank.example' })).toBe('passed');
  });

  it.each(['MFEw%2FTw%2b%3D', 'MFEw/Tw+=', 'a//b'])('lets base64 pass where it belongs: %s', (rest) => {
    expect(codeOf({ target: `/sandbox/demo-bank/ocsp/${rest}` })).toBe('passed');
  });

  it.each([
    '/sandbox/demo-bank/ocsp/..%2Fx',
    '/sandbox/demo-bank/ocsp/%2e%2e%2Fx',
    '/sandbox/demo-bank/ocsp/a%2Fb?x',
    '/sandbox/demo-bank/ocsp/a%5Cb',
    '/sandbox/demo-bank/ocsp%2Fa',
    '/sandbox/other/ocsp/a%2Fb',
    '/demo-bank/sandbox/demo-bank/ocsp/a%2Fb',
  ])('refuses what only looks like it: %s', (target) => {
    expect(codeOf({ target })).toBe('REQUEST_MALFORMED');
  });

  it.each([
    'http://evil.example/demo-bank/x',
    '*',
    '',
    '/a/../b',
    '/a/./b',
    '/a/..',
    '/a/%2e%2e/b',
    '/a%2fb',
    '/a%5cb',
    '/a\\b',
    '/a;b',
    '/a//b',
    '/a%00',
    '/a%252e',
    '/a%c0%af',
    '/a%zz',
    '/a?b=%ff',
    '/a b',
    '/a#b',
  ])('S38 S39 refuses the target %j', (target) => {
    expect(codeOf({ target })).toBe('REQUEST_MALFORMED');
  });

  it.each([
    'Authorization',
    'digest',
    'Signature',
    'Content-Type',
    'X-Request-ID',
    'host',
  ])('S13 S38 refuses %s twice', (name) => {
    expect(withHeaders(name, 'a', name.toUpperCase(), 'b')).toBe('REQUEST_MALFORMED');
  });

  it('S38 C64 refuses a Host that is not served or not that of the handshake', () => {
    expect(codeOf({ rawHeaders: [] })).toBe('REQUEST_MALFORMED');
    expect(codeOf({ rawHeaders: ['Host', 'other.example'] })).toBe('MISDIRECTED_REQUEST');
    expect(codeOf({ serverName: 'other.example' })).toBe('MISDIRECTED_REQUEST');
    expect(codeOf({ serverName: false })).toBe('MISDIRECTED_REQUEST');
  });

  it('serves probes by any address where it may, and by no other name', () => {
    const places = { hosts: new Set(['localhost:8446']), anyAddress: true };
    const ask =
      (rawHeaders: readonly string[], version = '1.1') =>
      () =>
        guardRequestHead({ ...plain, version, rawHeaders, serverName: undefined }, places);
    for (const host of ['10.244.0.5:8446', '10.244.0.5', '[2001:db8::1]:8446', '[2001:db8::1]', 'localhost:8446'])
      expect(ask(['Host', host]), host).not.toThrow();
    for (const host of [
      'other.example',
      '10.244.0.5.other.example',
      '10.244.0.5:8446:1',
      '',
      '[::1',
      '10.1',
      '127.0.0.1',
      '0.0.0.0:8446',
      '[::1]:8446',
      '[::]',
      '[::ffff:127.0.0.1]',
    ])
      expect(ask(['Host', host]), host).toThrow();
    expect(ask([], '1.0')).not.toThrow();
    expect(ask([])).toThrow();
    expect(codeOf({ version: '1.0', rawHeaders: [] })).toBe('REQUEST_MALFORMED');
  });

  it('C64 asks for no server name where the address of the listener is an IP address', () => {
    for (const host of ['192.0.2.1', '[2001:db8::1]:8443']) {
      const head = { ...plain, rawHeaders: ['Host', host], serverName: false } as const;
      expect(() => guardRequestHead(head, { hosts: new Set([host]) })).not.toThrow();
    }
  });

  it('S37 refuses two framings and unknown codings', () => {
    expect(withHeaders('Content-Length', '1', 'Transfer-Encoding', 'chunked')).toBe('REQUEST_MALFORMED');
    expect(withHeaders('Transfer-Encoding', 'gzip, chunked')).toBe('REQUEST_MALFORMED');
  });

  it('refuses expectations other than 100-continue', () => {
    expect(withHeaders('Expect', '100-Continue')).toBe('passed');
    expect(withHeaders('Expect', 'payment')).toBe('REQUEST_MALFORMED');
  });

  it('refuses a body where none is read', () => {
    expect(withHeaders('Content-Length', '5')).toBe('REQUEST_MALFORMED');
    expect(withHeaders('Transfer-Encoding', 'chunked')).toBe('REQUEST_MALFORMED');
    expect(withHeaders('Content-Length', '0')).toBe('passed');
    expect(codeOf({ method: 'POST', rawHeaders: [...plain.rawHeaders, 'Content-Length', '5'] })).toBe('passed');
  });

  it('S37 knows HTTP/1.1, and 1.0 as far as it goes', () => {
    expect(codeOf({ version: '0.9' })).toBe('REQUEST_MALFORMED');
    expect(codeOf({ version: '2.0' })).toBe('REQUEST_MALFORMED');
    expect(codeOf({ version: '1.0' })).toBe('passed');
    const chunked = [...plain.rawHeaders, 'Transfer-Encoding', 'chunked'];
    expect(codeOf({ version: '1.0', method: 'POST', rawHeaders: chunked })).toBe('REQUEST_MALFORMED');
    expect(codeOf({ version: '1.1', method: 'POST', rawHeaders: chunked })).toBe('passed');
  });

  it.each([
    'authorization',
    'content-digest',
    'content-type',
    'cookie',
    'date',
    'digest',
    'expect',
    'idempotency-key',
    'if-match',
    'if-none-match',
    'origin',
    'signature',
    'signature-input',
    'user-agent',
    'x-request-id',
  ])('S37 refuses a second %s', (name) => {
    const value = name === 'expect' ? '100-continue' : 'a';
    expect(withHeaders(name, value)).toBe('passed');
    expect(withHeaders(name, value, name.toUpperCase(), value)).toBe('REQUEST_MALFORMED');
  });

  it('R53 refuses content encodings', () => {
    expect(withHeaders('Content-Encoding', 'gzip')).toBe('MEDIA_TYPE_UNSUPPORTED');
    expect(withHeaders('Content-Encoding', 'identity')).toBe('passed');
  });

  it('S40 bounds the target and the number of headers', () => {
    expect(codeOf({ target: `/${'a'.repeat(9_000)}` })).toBe('REQUEST_TOO_LARGE');
    expect(withHeaders(...Array.from({ length: 202 }, (_, n) => `x-${n}`))).toBe('REQUEST_TOO_LARGE');
  });

  it('knows the methods it uses', () => {
    expect(codeOf({ method: 'TRACE' })).toBe('METHOD_NOT_ALLOWED');
  });
});
