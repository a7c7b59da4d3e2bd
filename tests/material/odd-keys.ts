import { generateKeyPairSync, randomBytes } from 'node:crypto';
import * as der from '../../core/src/asn1/der-writer.js';
import { ecKeys, type Keys } from './issue.js';

/** PEM of the private half of another key behind the public half of this one, which OpenSSL takes: it compares the public halves only. */
export function foreignPrivateKey({ spki }: Keys): string {
  const foreign = ecKeys().privateKey.export({ format: 'jwk' });
  const point = Buffer.from(spki).subarray(-65);
  const ecPrivateKey = der.sequence(
    der.integer(1),
    der.octetString(Buffer.from(foreign.d ?? '', 'base64url')),
    der.explicit(1, der.bitString(point)),
  );
  const algorithm = der.sequence(
    der.objectIdentifier('1.2.840.10045.2.1'),
    der.objectIdentifier('1.2.840.10045.3.1.7'),
  );
  const pkcs8 = der.sequence(der.integer(0), algorithm, der.octetString(ecPrivateKey));
  return `-----BEGIN PRIVATE KEY-----\n${Buffer.from(pkcs8).toString('base64')}\n-----END PRIVATE KEY-----\n`;
}

/** A good key whose curve is written out instead of named. */
export function explicitKeys(): Keys {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' });
  return { ...pair, spki: pair.publicKey.export({ type: 'spki', format: 'der' }) };
}

/** A SubjectPublicKeyInfo of any RSA numbers. */
export function rsaSpki(modulus: Uint8Array, exponent = 65_537): Uint8Array {
  const key = der.sequence(der.integer(modulus), der.integer(exponent));
  return der.sequence(der.sequence(der.objectIdentifier('1.2.840.113549.1.1.1'), der.nullValue()), der.bitString(key));
}

/** An odd number of so many octets, all of them used. */
export function randomOdd(octets: number): Buffer {
  const bytes = randomBytes(octets);
  bytes[0] = (bytes[0] ?? 0) | 0x80;
  bytes[octets - 1] = (bytes[octets - 1] ?? 0) | 1;
  return bytes;
}
