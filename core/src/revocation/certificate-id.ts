import { createHash } from 'node:crypto';
import { type DerElement, DerMembers, parseDer } from '../asn1/der-reader.js';
import { tag } from '../asn1/der-tag.js';
import { readInteger, readOctetsOfBits } from '../asn1/der-values.js';
import { integer, nullValue, objectIdentifier, octetString, sequence } from '../asn1/der-writer.js';
import type { Certificate, PublicKey } from '../certificate/certificate.js';
import { parseAlgorithm } from '../certificate/parse-algorithm.js';
import type { StatusSubject } from './revocation-status.js';

/** The hashes by which OCSP names an issuer; SHA-1 serves here as a name only, and is what many responders know. */
const hashOids = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const;

export type CertificateIdHash = keyof typeof hashOids;

/** CertID of RFC 6960 clause 4.1.1. */
export interface CertificateId {
  readonly hash: CertificateIdHash | undefined;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serialNumber: string;
}

/** Writes the CertID of a certificate. */
export function encodeCertificateId({ certificate, issuer }: StatusSubject, hash: CertificateIdHash): Uint8Array {
  return sequence(
    sequence(objectIdentifier(hashOids[hash]), nullValue()),
    octetString(digest(hash, certificate.issuer.der)),
    octetString(digest(hash, keyOctets(issuer.publicKey))),
    integer(Buffer.from(certificate.serialNumber, 'hex')),
  );
}

/** Reads a CertID; a hash that is not known leaves `hash` undefined, and the id matches nothing. */
export function parseCertificateId(element: DerElement): CertificateId {
  const members = new DerMembers(element);
  const algorithm = parseAlgorithm(members.next(tag.sequence, 'hashAlgorithm')).oid;
  const issuerNameHash = members.next(tag.octetString, 'issuerNameHash').content;
  const issuerKeyHash = members.next(tag.octetString, 'issuerKeyHash').content;
  const serialNumber = Buffer.from(readInteger(members.next(tag.integer, 'serialNumber'))).toString('hex');
  members.end();
  const hash = (Object.keys(hashOids) as CertificateIdHash[]).find((name) => hashOids[name] === algorithm);
  return { hash, issuerNameHash, issuerKeyHash, serialNumber };
}

/** Whether a CertID names this certificate: serial number, issuer's name and issuer's key, all three. */
export function isIdOf(id: CertificateId, { certificate, issuer }: StatusSubject): boolean {
  return (
    id.hash !== undefined &&
    id.serialNumber === certificate.serialNumber &&
    Buffer.compare(id.issuerNameHash, digest(id.hash, certificate.issuer.der)) === 0 &&
    Buffer.compare(id.issuerKeyHash, digest(id.hash, keyOctets(issuer.publicKey))) === 0
  );
}

/** SHA-1 of a certificate's key, by which a responder may name itself (RFC 6960 clause 4.2.1, KeyHash). */
export function responderKeyHash(certificate: Certificate): Uint8Array {
  return digest('sha1', keyOctets(certificate.publicKey));
}

/** The content of subjectPublicKey, without tag, length and number of unused bits. */
function keyOctets(publicKey: PublicKey): Uint8Array {
  const members = new DerMembers(parseDer(publicKey.spki, 'subjectPublicKeyInfo', tag.sequence));
  members.next(tag.sequence, 'algorithm');
  return readOctetsOfBits(members.next(tag.bitString, 'subjectPublicKey'));
}

function digest(hash: CertificateIdHash, octets: Uint8Array): Uint8Array {
  return createHash(hash).update(octets).digest();
}
