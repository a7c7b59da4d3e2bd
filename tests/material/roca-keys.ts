import { checkPrimeSync, createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import type { Keys } from './issue.js';

/** RSA keys of 2048 bits made as CVE-2017-15361 ("ROCA") made them: each prime is k·M + (65537^a mod M), M the product of the first 71 primes. */
export function rocaKeys(): Keys {
  const [p, q] = [rocaPrime(), rocaPrime()];
  const e = 65_537n;
  const d = inverse(e, (p - 1n) * (q - 1n));
  const numbers = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const members = Object.entries(numbers).map(([name, value]) => [name, base64Url(value)]);
  const privateKey = createPrivateKey({ key: { kty: 'RSA', ...Object.fromEntries(members) }, format: 'jwk' });
  const publicKey = createPublicKey(privateKey);
  return { privateKey, publicKey, spki: publicKey.export({ format: 'der', type: 'spki' }) };
}

const product = firstPrimes(71).reduce((sum, prime) => sum * BigInt(prime), 1n);

function rocaPrime(): bigint {
  const least = (3n << 1022n) / product;
  for (;;) {
    const k = least + (BigInt(`0x${randomBytes(8).toString('hex')}`) % (least / 4n));
    const candidate = k * product + power(65_537n, BigInt(`0x${randomBytes(8).toString('hex')}`));
    if (checkPrimeSync(candidate)) return candidate;
  }
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base, rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % product;
    square = (square * square) % product;
  }
  return result;
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [low, high, first, second] = [value % modulus, modulus, 1n, 0n];
  while (low > 1n) {
    const quotient = high / low;
    [low, high] = [high - quotient * low, low];
    [first, second] = [second - quotient * first, first];
  }
  return ((first % modulus) + modulus) % modulus;
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number += 1) {
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  }
  return primes;
}

function base64Url(value: bigint): string {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url');
}
