import { describe, expect, it } from 'vitest';
import { parseHeaderList } from './header-list.js';
import { buildSigningString } from './signing-string.js';

const request = {
  method: 'GET',
  target: '/demo-bank/stet-psd2-api/v1/accounts?b=2&a=%7E',
  headers: parseHeaderList([
    'Host',
    'api.example',
    'Date',
    'Tue, 07 Jun 2014 20:51:35 GMT',
    'X-A',
    'one',
    'x-a',
    ' two',
    'Empty',
    '',
  ]),
};

describe('buildSigningString', () => {
  it('puts the named parts in the order named, with a lower-case method and the raw target', () => {
    expect(buildSigningString(request, ['date', '(request-target)', 'host'])).toBe(
      'date: Tue, 07 Jun 2014 20:51:35 GMT\n(request-target): get /demo-bank/stet-psd2-api/v1/accounts?b=2&a=%7E\nhost: api.example',
    );
  });

  it('reproduces the example of draft-cavage-http-signatures-12, C.3', () => {
    const example = {
      method: 'POST',
      target: '/foo?param=value&pet=dog',
      headers: parseHeaderList([
        'Host',
        'example.com',
        'Date',
        'Sun, 05 Jan 2014 21:31:40 GMT',
        'Content-Type',
        'application/json',
        'Digest',
        'SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=',
        'Content-Length',
        '18',
      ]),
    };
    expect(
      buildSigningString(example, ['(request-target)', 'host', 'date', 'content-type', 'digest', 'content-length']),
    ).toBe(
      [
        '(request-target): post /foo?param=value&pet=dog',
        'host: example.com',
        'date: Sun, 05 Jan 2014 21:31:40 GMT',
        'content-type: application/json',
        'digest: SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=',
        'content-length: 18',
      ].join('\n'),
    );
  });

  it('S13: joins the values of a repeated header in order', () => {
    expect(buildSigningString(request, ['x-a'])).toBe('x-a: one, two');
  });

  it('writes an empty header as name, colon, space', () => {
    expect(buildSigningString(request, ['empty'])).toBe('empty: ');
  });

  it('S11: refuses a covered header that is absent, and names it', () => {
    expect(() => buildSigningString(request, ['psu-ip-address'])).toThrow(
      expect.objectContaining({ code: 'SIGNATURE_INVALID', message: expect.stringContaining('psu-ip-address') }),
    );
  });

  it('S11: refuses (created) and (expires) without their parameters, and writes them with', () => {
    expect(() => buildSigningString(request, ['(created)'])).toThrow(/\(created\)/);
    expect(buildSigningString({ ...request, created: 5, expires: 9 }, ['(created)', '(expires)'])).toBe(
      '(created): 5\n(expires): 9',
    );
  });

  it('S14: keeps every spelling of the target apart', () => {
    const targets = ['/a', '//a', '/a?', '/~', '/%7E', '/%7e', '/a?x&y', '/a?y&x'];
    const strings = targets.map((target) => buildSigningString({ ...request, target }, ['(request-target)']));
    expect(new Set(strings).size).toBe(targets.length);
  });
});
