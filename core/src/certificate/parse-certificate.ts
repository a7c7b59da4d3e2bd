import { createHash } from 'node:crypto';
import { type DerElement, DerMembers, parseDer, refuseDer } from '../asn1/der-reader.js';
import { contextConstructed, contextPrimitive, tag } from '../asn1/der-tag.js';
import { readTime } from '../asn1/der-time.js';
import { readInteger, readOctetsOfBits, readSmallInteger } from '../asn1/der-values.js';
import type { Certificate, Extension } from './certificate.js';
import { parseAlgorithm } from './parse-algorithm.js';
import { parseExtensions } from './parse-extensions.js';
import { parseName } from './parse-name.js';
import { parsePublicKey } from './parse-public-key.js';
import { readKnownExtensions } from './read-known-extensions.js';

/** The largest certificate that is read, octets of DER. */
export const maximumCertificateOctets = 64 * 1024;

/**
 * Reads one X.509 certificate (RFC 5280 clause 4.1) from its DER and nothing else; throws Refusal CERTIFICATE_INVALID.
 * Nothing is verified or judged but the form; the bytes are copied, so the caller may reuse its buffer.
 */
export function parseCertificate(input: Uint8Array): Certificate {
  return parse(input, 20);
}

/**
 * The same for the certificate of a CA that a trusted list itself shows: its serialNumber may have the 21st octet that some
 * supervised CAs wrote before a number whose first bit is set. The list vouches for the key, and no status is asked by that number.
 */
export function parseListedCertificate(input: Uint8Array): Certificate {
  return parse(input, 21);
}

function parse(input: Uint8Array, serialOctets: number): Certificate {
  if (input.length > maximumCertificateOctets) {
    refuseDer('certificate', `it is longer than ${maximumCertificateOctets} octets`);
  }
  const der = Uint8Array.from(input);
  const members = new DerMembers(parseDer(der, 'certificate', tag.sequence));
  const tbs = members.next(tag.sequence, 'tbsCertificate');
  const outerAlgorithm = members.next(tag.sequence, 'signatureAlgorithm');
  const signature = readOctetsOfBits(members.next(tag.bitString, 'signature'));
  members.end();
  return {
    der,
    thumbprint: createHash('sha256').update(der).digest('base64url'),
    tbs: tbs.encoded,
    signature,
    ...parseTbs(tbs, outerAlgorithm, serialOctets),
  };
}

function parseTbs(
  element: DerElement,
  outerAlgorithm: DerElement,
  serialOctets: number,
): Omit<Certificate, 'der' | 'thumbprint' | 'tbs' | 'signature'> {
  const members = new DerMembers(element);
  const version = readVersion(members.optional(contextConstructed(0), 'version'));
  const serialNumber = readSerialNumber(members.next(tag.integer, 'serialNumber'), serialOctets);
  const algorithm = members.next(tag.sequence, 'signature');
  if (Buffer.compare(algorithm.encoded, outerAlgorithm.encoded) !== 0) {
    refuseDer('signatureAlgorithm', 'it differs from the one inside the signed part');
  }
  const issuer = parseName(members.next(tag.sequence, 'issuer'));
  const validity = readValidity(members.next(tag.sequence, 'validity'));
  const subject = parseName(members.next(tag.sequence, 'subject'));
  const publicKey = parsePublicKey(members.next(tag.sequence, 'subjectPublicKeyInfo'));
  const extensions = readTail(members, version);
  const signatureAlgorithm = parseAlgorithm(algorithm);
  const fields = { version, serialNumber, signatureAlgorithm, issuer, subject, ...validity, publicKey, extensions };
  return { ...fields, ...readKnownExtensions(extensions) };
}

function readVersion(element: DerElement | undefined): number {
  if (element === undefined) {
    return 1;
  }
  const version = readSmallInteger(parseDer(element.content, 'version', tag.integer)) + 1;
  if (version !== 2 && version !== 3) {
    refuseDer('version', 'it is neither 2 nor 3 where it is written');
  }
  return version;
}

/** A positive INTEGER of 20 octets at most (RFC 5280 clause 4.1.2.2), unless told otherwise. */
function readSerialNumber(element: DerElement, mostOctets: number): string {
  const octets = readInteger(element);
  const first = octets[0] ?? 0;
  if (first >= 0x80 || (octets.length === 1 && first === 0) || octets.length > mostOctets) {
    refuseDer(element.name, `it is not a positive number of at most ${mostOctets} octets`);
  }
  return Buffer.from(octets).toString('hex');
}

function readValidity(element: DerElement): Pick<Certificate, 'notBefore' | 'notAfter'> {
  const members = new DerMembers(element);
  const notBefore = readTime(members.any('notBefore'));
  const notAfter = readTime(members.any('notAfter'));
  members.end();
  if (notAfter < notBefore) {
    refuseDer(element.name, 'it ends before it begins');
  }
  return { notBefore, notAfter };
}

/** Unique identifiers belong to versions 2 and 3, extensions to version 3 alone (RFC 5280 clause 4.1.2.1). */
function readTail(members: DerMembers, version: number): Extension[] {
  for (const [number, name] of [
    [1, 'issuerUniqueID'],
    [2, 'subjectUniqueID'],
  ] as const) {
    const identifier = members.optional(contextPrimitive(number), name);
    if (identifier !== undefined) {
      readOctetsOfBits(identifier);
      if (version === 1) {
        refuseDer(name, 'a certificate of version 1 has none');
      }
    }
  }
  const extensions = members.optional(contextConstructed(3), 'extensions');
  members.end();
  if (extensions !== undefined && version !== 3) {
    refuseDer('extensions', `a certificate of version ${version} has none`);
  }
  return extensions === undefined ? [] : parseExtensions(extensions);
}
