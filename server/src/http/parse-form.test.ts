import { Refusal } from '@postern/core/refusal/refusal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseForm } from './parse-form.js';

const parse = (text: string, repeatable?: ReadonlySet<string>) => parseForm(Buffer.from(text), repeatable);

describe('parseForm', () => {
  it('decodes plus, percent and UTF-8', () => {
    expect([...parse('a=1+2&b=%C3%A9&c=')]).toEqual([
      ['a', ['1 2']],
      ['b', ['é']],
      ['c', ['']],
    ]);
  });

  it('T7 refuses a repeated parameter unless it is a list', () => {
    expect(() => parse('code=a&code=b')).toThrow('only once');
    expect(parse('account=a&account=b', new Set(['account'])).get('account')).toEqual(['a', 'b']);
  });

  it.each(['a=%', 'a=%zz', 'a=%00', 'a=%c0%af', 'a=%ff'])('T41 refuses %s', (text) => {
    expect(() => parse(text)).toThrow(Refusal);
  });

  it('never throws anything but a refusal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          parseForm(bytes);
        } catch (cause) {
          expect(cause).toBeInstanceOf(Refusal);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
