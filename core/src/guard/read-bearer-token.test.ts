import { describe, expect, it } from 'vitest';
import { parseHeaderList } from '../signature/header-list.js';
import { readBearerToken } from './read-bearer-token.js';

const read = (...values: string[]) => readBearerToken(parseHeaderList(values.flatMap((value) => ['Authorization', value])));

describe('readBearerToken', () => {
  it('takes the scheme in any case', () => {
    expect(read('Bearer a.b-c_~+/==')).toBe('a.b-c_~+/==');
    expect(read('bearer abc')).toBe('abc');
  });

  it.each([['Basic abc'], ['Bearer a, Bearer b'], ['Bearer '], ['Bearer a b'], [`Bearer ${'a'.repeat(5_000)}`]])(
    'T33 T34 refuses %s',
    (value) => {
      expect(() => read(value)).toThrow('not of the form');
    },
  );

  it('T33 refuses two headers and T31 none', () => {
    expect(() => read('Bearer a', 'Bearer b')).toThrow('send it once');
    expect(() => read()).toThrow('missing');
  });
});
