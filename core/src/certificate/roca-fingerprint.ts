import { DerMembers, parseDer } from '../asn1/der-reader.js';
import { tag } from '../asn1/der-tag.js';
import { readInteger, readOctetsOfBits } from '../asn1/der-values.js';

/**
 * Whether an RSA key (its SubjectPublicKeyInfo) looks like those of CVE-2017-15361 ("ROCA"), whose primes are factored from the modulus
 * alone: modulo every small prime its modulus is a power of 65537. Of other keys one in about 2^28 looks so. Throws Refusal on what is no RSA key.
 */
export function hasRocaFingerprint(spki: Uint8Array): boolean {
  const modulus = BigInt(`0x${Buffer.from(modulusOf(spki)).toString('hex')}`);
  return marks.every(({ prime, powers }) => powers.has(Number(modulus % BigInt(prime))));
}

const smallPrimes = [
  11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157, 3, 5, 7, 23, 29, 31, 41, 43, 47, 59, 67, 83,
  89, 101, 113, 131, 137, 139, 149, 163, 167,
];

const marks = smallPrimes.map((prime) => ({ prime, powers: powersOf(65_537 % prime, prime) }));

function powersOf(base: number, prime: number): ReadonlySet<number> {
  const powers = new Set<number>();
  for (let power = 1; !powers.has(power); power = (power * base) % prime) powers.add(power);
  return powers;
}

function modulusOf(spki: Uint8Array): Uint8Array {
  const members = new DerMembers(parseDer(spki, 'subjectPublicKeyInfo', tag.sequence));
  members.next(tag.sequence, 'algorithm');
  const key = readOctetsOfBits(members.next(tag.bitString, 'subjectPublicKey'));
  return readInteger(new DerMembers(parseDer(key, 'subjectPublicKey', tag.sequence)).next(tag.integer, 'modulus'));
}
