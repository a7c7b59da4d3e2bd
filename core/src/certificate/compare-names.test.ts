import { describe, expect, it } from 'vitest';
import { name } from '../../../tests/material/issue.js';
import { parseDer } from '../asn1/der-reader.js';
import { nameKey, namesEqual } from './compare-names.js';
import { parseName } from './parse-name.js';

const parse = (...texts: string[]) =>
  parseName(parseDer(name(...texts.map((text) => ['2.5.4.10', text] as const)), 'name'));

describe('names', () => {
  it.each([
    ['Exemple SAS', 'exemple sas', true],
    ['Exemple  SAS ', 'Exemple SAS', true],
    ['Socie\u0301te\u0301', 'Société', true],
    ['ＡＢＣ', 'abc', true],
    ['Exemple SAS', 'Exemple SARL', false],
    ['Exemple', 'Exemple\u2060', false],
  ])('%s and %s: %s', (one, other, equal) => {
    expect(namesEqual(parse(one), parse(other))).toBe(equal);
  });

  it('are told apart by their structure, whatever stands in them', () => {
    expect(namesEqual(parse('a', 'b'), parse('a,b'))).toBe(false);
    expect(namesEqual(parse('a', 'b'), parse('b', 'a'))).toBe(false);
  });

  it('are no longer than 4096 octets', () => {
    expect(() => parse('a'.repeat(5000))).toThrow('longer than 4096 octets');
  });

  it('with more marks on a letter than any language has are compared as they are', () => {
    const marks = '\u0301\u0316'.repeat(16);
    expect(nameKey(parse(`A${marks}`))).toContain(`A${marks}`);
    expect(namesEqual(parse(`A${marks}`), parse(`a${marks}`))).toBe(false);
    expect(namesEqual(parse(`A${'\u0301'.repeat(30)}`), parse(`a${'\u0301'.repeat(30)}`))).toBe(true);
  });
});
