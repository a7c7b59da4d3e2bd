import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseDer } from '../asn1/der-reader.js';
import * as der from '../asn1/der-writer.js';
import { keyWeakness } from './key-weakness.js';
import { parsePublicKey } from './parse-public-key.js';
import { hasRocaFingerprint } from './roca-fingerprint.js';

/** The product of the first 71 primes: what the faulty library uses for keys of 1024 to 1952 bits, and a multiple of what it uses below. */
const product = firstPrimes(71).reduce((sum, prime) => sum * BigInt(prime), 1n);

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number += 1) {
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  }
  return primes;
}

/** A modulus of 2048 bits of the form that the product of two such primes has. */
function modulusLike(exponent: number): bigint {
  let power = 1n;
  for (let index = 0; index < exponent; index += 1) power = (power * 65_537n) % product;
  return power + product * ((1n << 2047n) / product + BigInt(exponent) * 2n + 2n);
}

function spkiOf(modulus: bigint): Uint8Array {
  return der.sequence(
    der.sequence(der.objectIdentifier('1.2.840.113549.1.1.1'), der.nullValue()),
    der.bitString(der.sequence(der.integer(modulus), der.integer(65_537))),
  );
}

describe('hasRocaFingerprint', () => {
  it.each([1, 7, 1000])('finds a modulus that is 65537 to the power of %i', (exponent) => {
    expect(hasRocaFingerprint(spkiOf(modulusLike(exponent)))).toBe(true);
  });

  it('passes other keys', () => {
    for (let index = 0; index < 5; index += 1) {
      const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      expect(hasRocaFingerprint(publicKey.export({ format: 'der', type: 'spki' }))).toBe(false);
    }
    expect(hasRocaFingerprint(spkiOf(modulusLike(7) + 2n))).toBe(false);
  });

  it('makes the key one that may not be relied upon (C52)', () => {
    const spki = spkiOf(modulusLike(42));
    expect(keyWeakness(parsePublicKey(parseDer(spki, 'key')))).toContain('CVE-2017-15361');
  });
});
