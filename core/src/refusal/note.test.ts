import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noteDigest, noteName, noteSize, noteWords } from './note.js';

describe('a note', () => {
  it('is what it is made of, where that is a name', () => {
    expect(noteName('PSDFR-ACPR-12345')).toBe('PSDFR-ACPR-12345');
    expect(noteName('x-request-id')).toBe('x-request-id');
    expect(noteWords('used before')).toBe('used before');
    expect(noteSize(12)).toBe('12 octets');
  });

  it('takes no words that are known only at run time', () => {
    const sent: string = 'a secret';
    // @ts-expect-error: a text of any kind is no literal
    expect(noteWords(sent)).toBe(sent);
  });

  it('tells no text that is more than a name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 6 }), (text) => {
        const told = noteName(text);
        if (told === text) expect(text).toMatch(/^[\w.:+/-]{1,100}$/);
        else expect(told).toBe(`(${text.length} characters)`);
        expect(noteDigest(text)).toMatch(/^sha256:[\w-]{43}$/);
      }),
    );
  });
});
