import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBase64 } from './parse-base64.js';

const canonical = /^[A-Za-z0-9+/]*(?:[AQgw]==|[AEIMQUYcgkosw048]=)?$/;
const nearly = fc.string({ unit: fc.constantFrom(...'AQgwEIz09+/-_= \n\té=') });

describe('parseBase64', () => {
  it('reads what any octets are written as', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (octets) => {
        expect(parseBase64(Buffer.from(octets).toString('base64'), 64)).toEqual(octets);
      }),
    );
  });

  it('reads nothing but the canonical text of RFC 4648 section 4', () => {
    fc.assert(
      fc.property(nearly, (text) => {
        const isCanonical = text.length > 0 && text.length % 4 === 0 && canonical.test(text);
        expect(parseBase64(text, 1_000) !== undefined).toBe(isCanonical);
      }),
    );
    for (const text of ['', 'QQ', 'QQ=', 'QR==', 'QQ==\n', 'Q-__', 'QQ==QQ==', '====', 'QUFB ', 'QUFCé'])
      expect(parseBase64(text, 1_000), text).toBeUndefined();
  });

  it('reads no more octets than it may', () => {
    const text = Buffer.alloc(10, 1).toString('base64');
    expect(parseBase64(text, 10)).toHaveLength(10);
    expect(parseBase64(text, 9)).toBeUndefined();
  });
});
