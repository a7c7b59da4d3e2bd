import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../refusal/refusal.js';
import { parseHeaderList, readSingleHeader } from './header-list.js';

describe('parseHeaderList', () => {
  it('keeps every value in order under the lower-case name, without the white space around it', () => {
    const list = parseHeaderList(['Host', 'a', 'X-Thing', ' one ', 'x-thing', 'two\t']);
    expect(list.get('x-thing')).toEqual(['one', 'two']);
    expect(list.get('host')).toEqual(['a']);
  });

  it('is not confused by names of object members', () => {
    expect(parseHeaderList(['__proto__', 'x']).get('__proto__')).toEqual(['x']);
    expect(parseHeaderList([]).get('constructor')).toBeUndefined();
  });

  it.each([
    ['a name without a value', ['host']],
    ['a space in a name', ['ho st', 'x']],
    ['an empty name', ['', 'x']],
    ['a line feed in a value', ['x', 'a\nb: c']],
    ['a NUL in a value', ['x', 'a\0']],
    ['a character that is no byte', ['x', '€']],
  ])('refuses %s', (_, raw) => {
    expect(() => parseHeaderList(raw)).toThrow(expect.objectContaining({ code: 'REQUEST_MALFORMED' }));
  });

  it('refuses more than 200 headers, and more than 64 KiB', () => {
    const tooMany = Array.from({ length: 402 }, () => 'x');
    expect(() => parseHeaderList(tooMany)).toThrow(expect.objectContaining({ code: 'REQUEST_TOO_LARGE' }));
    expect(parseHeaderList(tooMany.slice(2)).get('x')).toHaveLength(200);
    expect(() => parseHeaderList(['x', 'a'.repeat(65_536)])).toThrow(
      expect.objectContaining({ code: 'REQUEST_TOO_LARGE' }),
    );
  });

  it('throws nothing but Refusal', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (raw) => {
        try {
          parseHeaderList(raw);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
    );
  });
});

describe('readSingleHeader', () => {
  it('S13: refuses a header that is sent twice', () => {
    expect(readSingleHeader(parseHeaderList(['Date', 'x']), 'date')).toBe('x');
    expect(() => readSingleHeader(parseHeaderList(['Date', 'x', 'date', 'x']), 'date')).toThrow(/date is sent 2 times/);
  });
});
