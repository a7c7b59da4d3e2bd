import { createHash, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../refusal/refusal.js';
import { blanks, trimCharacters } from '../text/trim-characters.js';
import { type HeaderList, readSingleHeader } from './header-list.js';
import { parseBase64 } from './parse-base64.js';

/** One instance-digest of RFC 3230 by an algorithm that is still trusted. */
export interface InstanceDigest {
  readonly algorithm: 'SHA-256' | 'SHA-512';
  readonly value: Uint8Array;
}

const hashes = { 'SHA-256': { name: 'sha256', bytes: 32 }, 'SHA-512': { name: 'sha512', bytes: 64 } } as const;
const instanceDigest = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]{1,64})=([^\s,"]{1,512})$/;
const maxCharacters = 2048;

/**
 * Reads a Digest header (RFC 3230, 4.3.2): algorithm names in any case, each once. Algorithms other than SHA-256 and SHA-512 are left out.
 * Refuses with SIGNATURE_MALFORMED what cannot be read, with DIGEST_MISMATCH when no trusted algorithm remains.
 */
export function parseDigest(value: string): readonly InstanceDigest[] {
  if (value.length > maxCharacters) throw malformed(`is longer than ${maxCharacters} characters`);
  const named = new Map<string, string>();
  for (const item of value.split(',')) {
    const match = instanceDigest.exec(trimCharacters(item, blanks));
    if (match === null) throw malformed('is not a list of algorithm=value');
    const algorithm = (match[1] ?? '').toUpperCase();
    if (named.has(algorithm)) throw malformed(`has the algorithm ${algorithm} twice`);
    named.set(algorithm, match[2] ?? '');
  }
  const digests = (['SHA-256', 'SHA-512'] as const).flatMap((algorithm) => {
    const text = named.get(algorithm);
    return text === undefined ? [] : [{ algorithm, value: readValue(algorithm, text) }];
  });
  if (digests.length > 0) return digests;
  throw new Refusal(
    'DIGEST_MISMATCH',
    `The Digest header has only ${[...named.keys()].join(', ')}; SHA-256 or SHA-512 is required.`,
  );
}

/** Proves that the one Digest header is of these bytes, by every trusted algorithm in it; refuses with DIGEST_MISMATCH. */
export function verifyDigest(headers: HeaderList, body: Uint8Array): void {
  const value = readSingleHeader(headers, 'digest');
  if (value === undefined)
    throw new Refusal('DIGEST_MISMATCH', 'The Digest header is missing: send SHA-256 of the body.');
  for (const digest of parseDigest(value)) {
    const actual = createHash(hashes[digest.algorithm].name).update(body).digest();
    if (timingSafeEqual(actual, digest.value)) continue;
    throw new Refusal(
      'DIGEST_MISMATCH',
      `The Digest header is not the ${digest.algorithm} of the ${body.length} bytes of body received, which is ${actual.toString('base64')}.`,
    );
  }
}

function readValue(algorithm: InstanceDigest['algorithm'], text: string): Uint8Array {
  const { bytes } = hashes[algorithm];
  const value = parseBase64(text, bytes);
  if (value?.length !== bytes) throw malformed(`has a ${algorithm} value that is not base64 of ${bytes} bytes`);
  return value;
}

function malformed(problem: string): Refusal {
  return new Refusal('SIGNATURE_MALFORMED', `The Digest header ${problem} (RFC 3230, 4.3.2).`);
}
