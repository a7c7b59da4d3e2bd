import { type DerElement, DerMembers, parseDer, refuseDer } from '../asn1/der-reader.js';
import { tag } from '../asn1/der-tag.js';
import { readInteger, readObjectIdentifier, readOctetsOfBits } from '../asn1/der-values.js';
import type { AlgorithmIdentifier, PublicKey } from './certificate.js';
import { parseAlgorithm } from './parse-algorithm.js';

const kinds: Readonly<Record<string, PublicKey['kind']>> = {
  '1.2.840.113549.1.1.1': 'rsa',
  '1.2.840.113549.1.1.10': 'rsa',
  '1.2.840.10045.2.1': 'ec',
  '1.3.101.112': 'ed25519',
  '1.3.101.113': 'ed448',
};

/** SubjectPublicKeyInfo (RFC 5280 clause 4.1.2.7, RFC 3279, RFC 8410); whether the key is strong enough is judged elsewhere. */
export function parsePublicKey(element: DerElement): PublicKey {
  const members = new DerMembers(element);
  const algorithm = parseAlgorithm(members.next(tag.sequence, `${element.name}.algorithm`));
  const key = readOctetsOfBits(members.next(tag.bitString, `${element.name}.subjectPublicKey`));
  members.end();
  const kind = kinds[algorithm.oid] ?? 'other';
  return {
    spki: element.encoded,
    algorithm,
    kind,
    ...(kind === 'rsa' ? rsaNumbers(key, element.name) : { modulusBits: undefined, exponent: undefined }),
    curve: kind === 'ec' ? namedCurve(algorithm, element.name) : undefined,
  };
}

function rsaNumbers(key: Uint8Array, name: string): Pick<PublicKey, 'modulusBits' | 'exponent'> {
  const members = new DerMembers(parseDer(key, `${name}.subjectPublicKey`, tag.sequence));
  const modulus = oddMagnitude(members.next(tag.integer, `${name}.modulus`));
  const exponent = oddMagnitude(members.next(tag.integer, `${name}.publicExponent`));
  members.end();
  return {
    modulusBits: modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24,
    exponent: exponent.length <= 4 ? exponent.reduce((sum, octet) => sum * 256 + octet, 0) : undefined,
  };
}

/** The magnitude of an INTEGER that must be positive and odd, without a leading zero octet. */
function oddMagnitude(element: DerElement): Uint8Array {
  const octets = readInteger(element);
  const magnitude = octets[0] === 0 ? octets.subarray(1) : octets;
  if ((octets[0] ?? 0) >= 0x80 || magnitude.length === 0) {
    refuseDer(element.name, 'it is not positive');
  }
  if (((magnitude.at(-1) ?? 0) & 1) === 0) {
    refuseDer(element.name, 'it is even');
  }
  return magnitude;
}

function namedCurve(algorithm: AlgorithmIdentifier, name: string): string | undefined {
  if (algorithm.parameters === undefined) {
    refuseDer(name, 'the curve is missing');
  }
  const parameters = parseDer(algorithm.parameters, `${name}.curve`);
  return parameters.identifier === tag.objectIdentifier ? readObjectIdentifier(parameters) : undefined;
}
