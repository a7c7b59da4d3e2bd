import { describe, expect, it } from 'vitest';
import { parseHeaderList } from '../signature/header-list.js';
import { readBearerToken } from './read-bearer-token.js';

const target = '/demo-bank/stet-psd2-api/v1/accounts';
const headersOf = (values: readonly string[]) => parseHeaderList(values.flatMap((value) => ['Authorization', value]));
const read = (...values: string[]) => readBearerToken({ headers: headersOf(values), target });

describe('readBearerToken', () => {
  it('takes the scheme in any case', () => {
    expect(read('Bearer a.b-c_~+/==')).toBe('a.b-c_~+/==');
    expect(read('bearer abc')).toBe('abc');
  });

  it.each([
    ['Basic abc'],
    ['Bearer a, Bearer b'],
    ['Bearer '],
    ['Bearer a b'],
    [`Bearer ${'a'.repeat(5_000)}`],
  ])('T33 T34 refuses %s', (value) => {
    expect(() => read(value)).toThrow('not of the form');
  });

  it('T33 tells a malformed request from a wrong token', () => {
    expect(() => read('Bearer a, Bearer b')).toThrow(expect.objectContaining({ code: 'REQUEST_MALFORMED' }));
    expect(() => read('Digest username="a", realm="b"')).toThrow(expect.objectContaining({ code: 'TOKEN_INVALID' }));
  });

  it.each([
    'access_token=a',
    'page=1&access_token=',
    'access%5Ftoken=a',
  ])('T32 refuses a token in the query %s', (query) => {
    for (const values of [[], ['Bearer a']]) {
      const request = { headers: headersOf(values), target: `${target}?${query}` };
      expect(() => readBearerToken(request)).toThrow(expect.objectContaining({ code: 'REQUEST_MALFORMED' }));
    }
    expect(readBearerToken({ headers: headersOf(['Bearer a']), target: `${target}?page=1` })).toBe('a');
  });

  it('T33 refuses two headers and T31 none', () => {
    expect(() => read('Bearer a', 'Bearer b')).toThrow('send it once');
    expect(() => read()).toThrow('missing');
  });
});
