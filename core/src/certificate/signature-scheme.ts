import { type DerElement, DerMembers, parseDer, refuseDer } from '../asn1/der-reader.js';
import { contextConstructed, tag } from '../asn1/der-tag.js';
import { readSmallInteger } from '../asn1/der-values.js';
import { Refusal } from '../refusal/refusal.js';
import type { AlgorithmIdentifier, PublicKey } from './certificate.js';
import { parseAlgorithm } from './parse-algorithm.js';

/** How a signature of a certificate, CRL or OCSP response is verified. */
export interface SignatureScheme {
  readonly key: PublicKey['kind'];
  /** Undefined where the algorithm has its own (Ed25519). */
  readonly hash: 'sha256' | 'sha384' | 'sha512' | undefined;
  /** RSASSA-PSS only: octets of salt. */
  readonly saltLength: number | undefined;
}

/** The scheme of an algorithm identifier that is strong enough (ETSI TS 119 312); undefined for SHA-1, MD5, DSA and the unknown. */
export function signatureSchemeOf(algorithm: AlgorithmIdentifier): SignatureScheme | undefined {
  if (algorithm.oid === rsaPss) {
    return pssScheme(algorithm);
  }
  const scheme = schemes.get(algorithm.oid);
  const parameters = Buffer.from(algorithm.parameters ?? []).toString('hex');
  const fitting = parameters === '' || (scheme?.key === 'rsa' && parameters === '0500');
  return fitting ? scheme : undefined;
}

const rsaPss = '1.2.840.113549.1.1.10';
const mgf1 = '1.2.840.113549.1.1.8';

const schemes: ReadonlyMap<string, SignatureScheme> = new Map<string, SignatureScheme>([
  ['1.2.840.113549.1.1.11', { key: 'rsa', hash: 'sha256', saltLength: undefined }],
  ['1.2.840.113549.1.1.12', { key: 'rsa', hash: 'sha384', saltLength: undefined }],
  ['1.2.840.113549.1.1.13', { key: 'rsa', hash: 'sha512', saltLength: undefined }],
  ['1.2.840.10045.4.3.2', { key: 'ec', hash: 'sha256', saltLength: undefined }],
  ['1.2.840.10045.4.3.3', { key: 'ec', hash: 'sha384', saltLength: undefined }],
  ['1.2.840.10045.4.3.4', { key: 'ec', hash: 'sha512', saltLength: undefined }],
  ['1.3.101.112', { key: 'ed25519', hash: undefined, saltLength: undefined }],
]);

const hashes: ReadonlyMap<string, NonNullable<SignatureScheme['hash']>> = new Map([
  ['2.16.840.1.101.3.4.2.1', 'sha256' as const],
  ['2.16.840.1.101.3.4.2.2', 'sha384' as const],
  ['2.16.840.1.101.3.4.2.3', 'sha512' as const],
]);

/** RSASSA-PSS-params (RFC 4055 clause 3.1): every default is SHA-1, so hash and mask generation must be there, with one hash. */
function pssScheme(algorithm: AlgorithmIdentifier): SignatureScheme | undefined {
  try {
    const members = new DerMembers(
      parseDer(algorithm.parameters ?? new Uint8Array(0), 'RSASSA-PSS-params', tag.sequence),
    );
    const hash = hashOf(inner(members.next(contextConstructed(0), 'hashAlgorithm'), tag.sequence));
    const mask = parseAlgorithm(inner(members.next(contextConstructed(1), 'maskGenAlgorithm'), tag.sequence));
    const saltLength = readSmallInteger(inner(members.next(contextConstructed(2), 'saltLength'), tag.integer));
    members.end();
    const maskHash = hashOf(parseDer(mask.parameters ?? new Uint8Array(0), 'MGF1 hash', tag.sequence));
    const fitting = mask.oid === mgf1 && maskHash === hash && saltLength >= 32 && saltLength <= 64;
    return fitting ? { key: 'rsa', hash, saltLength } : undefined;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function inner(element: DerElement, identifier: number): DerElement {
  return parseDer(element.content, element.name, identifier);
}

function hashOf(element: DerElement): NonNullable<SignatureScheme['hash']> {
  return hashes.get(parseAlgorithm(element).oid) ?? refuseDer(element.name, 'the hash is not of the SHA-2 family');
}
