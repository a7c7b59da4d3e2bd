import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../refusal/refusal.js';
import { parseDigest, verifyDigest } from './digest.js';
import { parseHeaderList } from './header-list.js';

const body = Buffer.from('{"hello": "world"}');
const base64 = (algorithm: string, bytes: Uint8Array = body) => createHash(algorithm).update(bytes).digest('base64');
const sha256 = base64('sha256');
const digestOf = (...values: string[]) => parseHeaderList(values.flatMap((value) => ['Digest', value]));
const verifying =
  (headers: ReturnType<typeof digestOf>, bytes: Uint8Array = body) =>
  () =>
    verifyDigest(headers, bytes);
const refusedAs = (code: string) => expect.objectContaining({ code });

describe('verifyDigest', () => {
  it('knows the example of draft-cavage-http-signatures-12, C', () => {
    expect(sha256).toBe('X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=');
  });

  it.each([
    ['SHA-256', `SHA-256=${sha256}`],
    ['an algorithm name in lower case', `sha-256=${sha256}`],
    ['SHA-512', `SHA-512=${base64('sha512')}`],
    ['both', `SHA-256=${sha256}, SHA-512=${base64('sha512')}`],
    ['MD5 beside SHA-256', `MD5=${base64('md5')},SHA-256=${sha256}`],
  ])('accepts %s of the body', (_, value) => {
    expect(verifying(digestOf(value))).not.toThrow();
  });

  it('takes the digest of no bytes for an empty body', () => {
    expect(verifying(digestOf(`SHA-256=${base64('sha256', new Uint8Array())}`), new Uint8Array())).not.toThrow();
  });

  it('S3: refuses a body that was changed after the digest was made', () => {
    expect(verifying(digestOf(`SHA-256=${sha256}`), Buffer.from('{"hello": "World"}'))).toThrow(
      refusedAs('DIGEST_MISMATCH'),
    );
  });

  it('S3: refuses when one of two trusted digests is wrong', () => {
    expect(verifying(digestOf(`SHA-256=${sha256},SHA-512=${base64('sha512', new Uint8Array())}`))).toThrow(
      refusedAs('DIGEST_MISMATCH'),
    );
  });

  it('S4: refuses when there is no Digest', () => {
    expect(verifying(digestOf())).toThrow(refusedAs('DIGEST_MISMATCH'));
  });

  it.each(['MD5', 'SHA', 'SHA-1', 'UNIXsum', 'id-sha-256'])('S5: refuses %s alone', (algorithm) => {
    expect(verifying(digestOf(`${algorithm}=${base64('md5')}`))).toThrow(refusedAs('DIGEST_MISMATCH'));
  });

  it('S6: refuses the header sent twice, and joined by a proxy', () => {
    expect(verifying(digestOf(`SHA-256=${sha256}`, `SHA-256=${sha256}`))).toThrow(refusedAs('REQUEST_MALFORMED'));
    expect(verifying(digestOf(`SHA-256=${sha256}, SHA-256=${sha256}`))).toThrow(refusedAs('SIGNATURE_MALFORMED'));
    expect(verifying(digestOf(`SHA-256=${sha256}, sha-256=${sha256}`))).toThrow(refusedAs('SIGNATURE_MALFORMED'));
  });

  it.each([
    ['empty', ''],
    ['no value', 'SHA-256='],
    ['no algorithm', `=${sha256}`],
    ['a space after the equals sign', `SHA-256= ${sha256}`],
    ['a space before the equals sign', `SHA-256 =${sha256}`],
    ['missing padding', `SHA-256=${sha256.slice(0, -1)}`],
    ['too much padding', `SHA-256=${sha256}=`],
    ['url-safe letters', `SHA-256=${sha256.replace('X', '-')}`],
    ['quotes', `SHA-256="${sha256}"`],
    ['hexadecimal', `SHA-256=${createHash('sha256').update(body).digest('hex')}`],
    ['RFC 9530 form', `sha-256=:${sha256}:`],
    ['too few bytes', 'SHA-256=AQID'],
    ['a comma at the end', `SHA-256=${sha256},`],
    ['more than 2048 characters', `SHA-256=${sha256},${'x=y,'.repeat(600)}z=z`],
  ])('S7: refuses %s', (_, value) => {
    expect(verifying(digestOf(value))).toThrow(refusedAs('SIGNATURE_MALFORMED'));
  });
});

describe('parseDigest', () => {
  it('throws nothing but Refusal', () => {
    const part = fc.oneof(
      fc.constantFrom('SHA-256=', 'sha-512=', sha256, ',', '=', ' ', '\t'),
      fc.string({ unit: 'binary', maxLength: 10 }),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        try {
          parseDigest(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
    );
  });
});
