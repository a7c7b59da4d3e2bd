import { type DerElement, DerMembers, parseDer, refuseDer } from '../asn1/der-reader.js';
import { contextConstructed, tag } from '../asn1/der-tag.js';
import { readTime } from '../asn1/der-time.js';
import { readOctetsOfBits, readSmallInteger } from '../asn1/der-values.js';
import type { Extension, Name } from '../certificate/certificate.js';
import { parseAlgorithm } from '../certificate/parse-algorithm.js';
import { parseExtensions } from '../certificate/parse-extensions.js';
import { parseName } from '../certificate/parse-name.js';
import type { Signed } from '../certificate/verify-signature.js';

/** A CertificateList (RFC 5280 clause 5.1), nothing in it verified; the entries are read when they are searched. */
export interface Crl extends Signed {
  readonly issuer: Name;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  /** The SEQUENCE OF entries; undefined when nothing is revoked. */
  readonly entries: DerElement | undefined;
  readonly extensions: readonly Extension[];
}

const maximumOctets = 64 * 1024 * 1024;

/** Reads the frame of a CRL of at most 64 MiB; throws Refusal. */
export function parseCrl(bytes: Uint8Array): Crl {
  if (bytes.length > maximumOctets) {
    refuseDer('CertificateList', `it is longer than ${maximumOctets} octets`);
  }
  const members = new DerMembers(parseDer(bytes, 'CertificateList', tag.sequence));
  const tbs = members.next(tag.sequence, 'tbsCertList');
  const algorithm = members.next(tag.sequence, 'signatureAlgorithm');
  const signature = readOctetsOfBits(members.next(tag.bitString, 'signature'));
  members.end();
  return { tbs: tbs.encoded, signatureAlgorithm: parseAlgorithm(algorithm), signature, ...parseTbs(tbs, algorithm) };
}

function parseTbs(element: DerElement, outerAlgorithm: DerElement): Omit<Crl, keyof Signed> {
  const members = new DerMembers(element);
  const version = members.optional(tag.integer, 'version');
  if (version !== undefined && readSmallInteger(version) !== 1) {
    refuseDer('version', 'it is not 2 where it is written');
  }
  if (Buffer.compare(members.next(tag.sequence, 'signature').encoded, outerAlgorithm.encoded) !== 0) {
    refuseDer('signatureAlgorithm', 'it differs from the one inside the signed part');
  }
  const issuer = parseName(members.next(tag.sequence, 'issuer'));
  const thisUpdate = readTime(members.any('thisUpdate'));
  const nextUpdate = members.optional(tag.utcTime, 'nextUpdate') ?? members.optional(tag.generalizedTime, 'nextUpdate');
  const entries = members.optional(tag.sequence, 'revokedCertificates');
  const extensions = members.optional(contextConstructed(0), 'crlExtensions');
  members.end();
  if (version === undefined && extensions !== undefined) {
    refuseDer('crlExtensions', 'a CRL of version 1 has none');
  }
  return {
    issuer,
    thisUpdate,
    nextUpdate: nextUpdate && readTime(nextUpdate),
    entries,
    extensions: extensions === undefined ? [] : parseExtensions(extensions),
  };
}
