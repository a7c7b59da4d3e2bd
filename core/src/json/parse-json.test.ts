import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../refusal/refusal.js';
import { parseJson } from './parse-json.js';

const bytes = (text: string) => new TextEncoder().encode(text);

function refusal(input: string | Uint8Array, limits = {}): Refusal {
  try {
    parseJson(typeof input === 'string' ? bytes(input) : input, limits);
  } catch (cause) {
    if (cause instanceof Refusal) return cause;
    throw cause;
  }
  throw new Error('it was read');
}

describe('parseJson', () => {
  it('reads what JSON.parse reads, to the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 1, '\t', '\r\n '), (value, space) => {
        const text = JSON.stringify(value, null, space);
        fc.pre(text.isWellFormed() && !/\\ud[89a-f]/i.test(text));
        expect(JSON.stringify(parseJson(bytes(text)))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it('refuses whatever JSON.parse refuses, and throws nothing but Refusal on any octets', () => {
    const nearlyJson = fc.array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '"b"',
        '1',
        '-',
        '0',
        '.',
        'e',
        'true',
        'null',
        ' ',
        '\\',
        '"',
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          nearlyJson.map((parts) => bytes(parts.join(''))),
          fc.uint8Array({ maxLength: 40 }),
        ),
        (input) => {
          let read: unknown;
          try {
            read = parseJson(input);
          } catch (cause) {
            expect(cause).toBeInstanceOf(Refusal);
            return;
          }
          expect(JSON.stringify(read)).toBe(JSON.stringify(JSON.parse(new TextDecoder().decode(input))));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('R22: refuses deep nesting and too many values, without following them down', () => {
    expect(refusal('['.repeat(10_000)).message).toContain('deeper than 32 levels');
    expect(refusal(`{"a":${'{"a":'.repeat(40)}1${'}'.repeat(41)}`).code).toBe('REQUEST_MALFORMED');
    expect(parseJson(bytes(`${'['.repeat(32)}${']'.repeat(32)}`))).toBeDefined();
    expect(refusal(`[${'1,'.repeat(6_000)}1]`).message).toContain('more than 5000 values');
    expect(refusal('[1]', { octets: 2 }).code).toBe('REQUEST_TOO_LARGE');
  });

  it('R49: keeps __proto__ and constructor as plain members that reach nothing', () => {
    const value = parseJson(bytes('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')) as Record<
      string,
      unknown
    >;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each([
    ['a repeated member', '{"jwks":{"a":1,"a":2}}', 'the member "a" is there twice'],
    ['a repeated member under another spelling', '{"a":1,"\\u0061":2}', 'the member "a" is there twice'],
    ['a trailing comma', '{"a":1,}', 'a member name'],
    ['a byte order mark', '\ufeff{}', 'byte order mark'],
    ['half a surrogate pair', '{"a":"\\ud800"}', 'surrogate'],
    ['NaN', '{"a":NaN}', 'a value is expected'],
    ['a number that overflows', '{"a":1e400}', 'too large'],
    ['a leading zero', '[01]', 'a value is expected'],
    ['a control character', '["\n"]', 'control character'],
    ['two documents', '{} {}', 'after its end'],
    ['nothing', '', 'a value is expected'],
    ['a comment', '{/* */}', 'a member name'],
  ])('R50: refuses %s', (_name, text, fault) => {
    const found = refusal(text);
    expect(found.code).toBe('REQUEST_MALFORMED');
    expect(found.message).toContain(fault);
  });

  it('R50: refuses UTF-16 and octets that are not UTF-8', () => {
    expect(refusal(new Uint8Array(Buffer.from('{"a":1}', 'utf16le'))).code).toBe('REQUEST_MALFORMED');
    expect(refusal(new Uint8Array([0x22, 0xff, 0x22])).message).toContain('not UTF-8');
  });

  it('names the position and the member', () => {
    expect(refusal('{"jwks":{"keys":[{"kty":tru}]}}').message).toBe(
      'The JSON text cannot be read: a value is expected (character 25, at jwks.keys[0].kty).',
    );
  });
});
