import { generateKeyPairSync } from 'node:crypto';
import { explicit, integer, sequence } from '@postern/core/asn1/der-writer.js';
import { distinguishedName } from '@postern/core/issuance/distinguished-name.js';
import { renderPem } from '@postern/core/issuance/pem.js';
import { renderSpki } from '@postern/core/issuance/public-key-octets.js';
import { signStructure } from '@postern/core/issuance/signature-algorithm.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DemoError } from '../demo-error.js';
import { generateKeyPair, type KeyPair } from '../x509/key-pair.js';
import { parseCertificationRequest } from './parse-certification-request.js';

function requestOf(subject: KeyPair, signer: KeyPair = subject): Uint8Array {
  const name = distinguishedName({ commonName: 'whoever' });
  return signStructure(sequence(integer(0), name, renderSpki(subject.publicKey), explicit(0)), signer.privateKey);
}

const parse = (der: Uint8Array) => parseCertificationRequest(renderPem('CERTIFICATE REQUEST', der));

describe('a certification request', () => {
  test.each(['rsa', 'ec'] as const)('gives its %s key when its signature is right', async (kind) => {
    const pair = await generateKeyPair(kind);
    expect(parse(requestOf(pair)).equals(pair.publicKey)).toBe(true);
  });

  test('is refused when another key signed it', async () => {
    const [mine, theirs] = await Promise.all([generateKeyPair('ec'), generateKeyPair('ec')]);
    expect(() => parse(requestOf(theirs, mine))).toThrow(/not proved to be yours/);
  });

  test.each([
    ['RSA of 1024 bits', generateKeyPairSync('rsa', { modulusLength: 1024 })],
    ['P-521', generateKeyPairSync('ec', { namedCurve: 'P-521' })],
  ])('is refused over %s', (_name, pair) => {
    expect(() => parse(requestOf(pair))).toThrow(/RSA of 2048 to 8192 bits, or EC on P-256 or P-384/);
  });

  test('in whatever bytes, is read or refused with DemoError and nothing else', async () => {
    const request = requestOf(await generateKeyPair('ec'));
    fc.assert(
      fc.property(fc.nat(request.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const altered = Uint8Array.from(request);
        altered[at] = (altered[at] ?? 0) ^ change;
        expect(() => parse(altered)).toThrow(DemoError);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => parse(bytes)).toThrow(DemoError);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parseCertificationRequest(text)).toThrow(DemoError);
      }),
    );
  });
});
