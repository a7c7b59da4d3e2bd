import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../refusal/refusal.js';
import { parseSignatureHeader } from './parse-signature-header.js';

const good = 'keyId="k1",algorithm="rsa-sha256",headers="(request-target) host date",signature="AQID"';
const with_ = (part: string, replacement: string) => good.replace(part, replacement);

describe('parseSignatureHeader', () => {
  it('reads the usual form', () => {
    expect(parseSignatureHeader(good)).toEqual({
      keyId: 'k1',
      algorithm: 'rsa-sha256',
      headers: ['(request-target)', 'host', 'date'],
      signature: Uint8Array.of(1, 2, 3),
    });
  });

  it.each([
    ['keyId without quotes', with_('"k1"', 'k1')],
    ['a comma and a space', good.replaceAll(',', ', ')],
    ['spaces around commas', good.replaceAll(',', ' ,\t')],
    ['any order', 'signature="AQID",headers="date",keyId="k1"'],
  ])('accepts %s', (_, value) => {
    expect(parseSignatureHeader(value).keyId).toBe('k1');
  });

  it('reads an x5u, quoted or not, as keyId', () => {
    const address = 'https://tpp.example/seal.pem?v=1&x=y';
    expect(parseSignatureHeader(with_('k1', address)).keyId).toBe(address);
    expect(parseSignatureHeader(with_('"k1"', address)).keyId).toBe(address);
  });

  it('reads created and expires as whole seconds without quotes', () => {
    expect(parseSignatureHeader(`${good},created=1402170695,expires=1402170699`)).toMatchObject({
      created: 1402170695,
      expires: 1402170699,
    });
  });

  it.each([
    ['S2', 'nothing', ''],
    ['S2', 'only white space', '  '],
    ['S2', 'an open quote', with_('"k1"', '"k1')],
    ['S2', 'a stray quote', with_('"k1"', 'k1"')],
    ['S2', 'a backslash', with_('k1', 'k\\"1')],
    ['S2', 'an unknown parameter', `${good},nonce="x"`],
    ['S2', 'a parameter named as an object member', `${good},constructor="x"`],
    ['S2', 'a duplicate parameter', `${good},keyId="k2"`],
    ['S2', 'a comma at the end', `${good},`],
    ['S2', 'two commas', good.replace(',', ',,')],
    ['S2', 'no comma', good.replace(',', ' ')],
    ['S2', 'white space before it', ` ${good}`],
    ['S2', 'a scheme before it', `Signature ${good}`],
    ['S2', 'junk after it', `${good} x`],
    ['S2', 'no keyId', with_('keyId="k1",', '')],
    ['S2', 'no headers', with_(',headers="(request-target) host date"', '')],
    ['S2', 'no signature', with_(',signature="AQID"', '')],
    ['S2', 'empty headers', with_('(request-target) host date', '')],
    ['S2', 'two spaces between names', with_('host date', 'host  date')],
    ['S2', 'an upper-case name', with_('host', 'Host')],
    ['S2', 'a name covered twice', with_('host date', 'host host')],
    ['S2', 'an unknown derived name', with_('(request-target)', '(method)')],
    ['S2', 'a line feed in a name', with_('host', 'ho\nst')],
    ['S2', 'an algorithm that is no name', with_('rsa-sha256', 'rsa sha256')],
    ['S2', 'created in quotes', `${good},created="1402170695"`],
    ['S2', 'created with a fraction', `${good},created=1402170695.5`],
    ['S2', 'negative expires', `${good},expires=-1`],
    ['S22', 'an empty keyId', with_('k1', '')],
    ['S22', 'a keyId longer than 2048 characters', with_('k1', 'k'.repeat(2049))],
    ['S22', 'a keyId of 10 KiB', with_('k1', 'k'.repeat(10_240))],
    ['S22', 'a control character in keyId', with_('k1', 'k\x001')],
    ['S22', 'a tab in keyId', with_('k1', 'k\t1')],
    ['S22', 'a letter outside ASCII in keyId', with_('k1', 'ké')],
    ['S47', 'white space in the base64', with_('AQID', 'AQ ID')],
    ['S47', 'url-safe base64', with_('AQID', 'A-_D')],
    ['S47', 'missing padding', with_('AQID', 'AQI')],
    ['S47', 'bits after the padding', with_('AQID', 'AQJ=')],
    ['S47', 'an empty signature', with_('AQID', '')],
    ['S47', 'a signature longer than 2048 bytes', with_('AQID', 'AAAA'.repeat(683))],
  ])('%s: refuses %s', (_, __, value) => {
    expect(() => parseSignatureHeader(value)).toThrow(expect.objectContaining({ code: 'SIGNATURE_MALFORMED' }));
  });

  it('S22: takes a keyId of 2048 characters, SQL and paths included, as a mere name', () => {
    const keyId = `' OR 1=1 --/../../etc/passwd${'k'.repeat(2020)}`.slice(0, 2048);
    expect(parseSignatureHeader(with_('k1', keyId)).keyId).toBe(keyId);
  });

  it('throws nothing but Refusal, on noise and on near misses', () => {
    const noise = fc.string({ unit: 'binary', maxLength: 200 });
    const nearMiss = fc
      .tuple(fc.nat(good.length), fc.nat(20), noise)
      .map(([at, cut, text]) => good.slice(0, at) + text + good.slice(at + cut));
    fc.assert(
      fc.property(fc.oneof(noise, nearMiss), (value) => {
        try {
          parseSignatureHeader(value);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
    );
  });

  it('needs no more than linear time', () => {
    const started = performance.now();
    for (const piece of ['a=', 'a="', ',', ' ', 'keyId=k,', '"']) {
      expect(() => parseSignatureHeader(piece.repeat(8192 / piece.length))).toThrow(Refusal);
    }
    expect(performance.now() - started).toBeLessThan(200);
  });
});
