import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blanks, skipCharacters, trimCharacters, trimEndCharacters } from './trim-characters.js';

it('takes away from the edges what it is told to, and nothing else', () => {
  expect(trimCharacters('\t a \t b\u00a0\t ', blanks)).toBe('a \t b\u00a0');
  expect(trimCharacters(' \t ', blanks)).toBe('');
  expect(trimEndCharacters(' a//', '/')).toBe(' a');
  expect(skipCharacters('a  b', 1, blanks)).toBe(3);
  expect(skipCharacters('a  ', 1, blanks)).toBe(3);
});

it('trims what an expression of the same meaning trims', () => {
  const text = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', 'a') });
  fc.assert(
    fc.property(text, (any) => {
      expect(trimCharacters(any, ' \t\n')).toBe(any.trim());
      expect(trimEndCharacters(any, ' \t\n')).toBe(any.trimEnd());
    }),
  );
});
