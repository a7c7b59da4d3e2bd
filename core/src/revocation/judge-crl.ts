import { DerMembers, parseDer } from '../asn1/der-reader.js';
import { contextPrimitive, tag } from '../asn1/der-tag.js';
import { readInteger } from '../asn1/der-values.js';
import type { Certificate } from '../certificate/certificate.js';
import { namesEqual } from '../certificate/compare-names.js';
import { oid } from '../certificate/object-identifiers.js';
import { verifySignature } from '../certificate/verify-signature.js';
import { Refusal } from '../refusal/refusal.js';
import { findCrlEntry } from './find-crl-entry.js';
import { judgeCrlScope } from './judge-crl-scope.js';
import { judgeUpdateTimes } from './judge-update-times.js';
import { type Crl, parseCrl } from './parse-crl.js';
import { type RevocationStatus, type StatusSubject, type StatusTimes, unusable } from './revocation-status.js';

/**
 * What a CRL proves about a certificate now (RFC 5280 clause 6.3), if it is complete and signed by the certificate's own issuer.
 * Never throws; delta CRLs, indirect CRLs and anything doubtful are unusable.
 */
export function judgeCrl(bytes: Uint8Array, subject: StatusSubject, times: StatusTimes): RevocationStatus {
  try {
    return judge(parseCrl(bytes), subject, times);
  } catch (error) {
    if (error instanceof Refusal) return unusable(`the CRL cannot be read: ${error.message}`);
    throw error;
  }
}

const crlOid = {
  number: '2.5.29.20',
  issuingDistributionPoint: '2.5.29.28',
} as const;

function judge(crl: Crl, { certificate, issuer }: StatusSubject, times: StatusTimes): RevocationStatus {
  const problem =
    judgeIssuer(crl, issuer) ??
    judgeExtensions(crl, certificate) ??
    (crl.nextUpdate === undefined ? 'it has no nextUpdate' : judgeUpdateTimes(crl.thisUpdate, crl.nextUpdate, times)) ??
    judgeSignature(crl, issuer);
  if (problem !== undefined) return unusable(`the CRL does not count: ${problem}`);
  const number = numberOf(crl);
  if (number === undefined) return unusable('the CRL does not count: its cRLNumber is no number of up to 20 octets');
  const entry = findCrlEntry(crl.entries, certificate.serialNumber);
  const updates = {
    crlNumber: BigInt(`0x${Buffer.from(number).toString('hex')}`),
    thisUpdate: crl.thisUpdate,
    ...(crl.nextUpdate === undefined ? {} : { nextUpdate: crl.nextUpdate }),
  };
  if (entry === undefined) {
    return { status: 'good', detail: 'the CRL does not list the certificate', ...updates };
  }
  const { revokedAt, reason } = entry;
  if (reason === 'removeFromCRL') {
    return unusable('the CRL does not count: removeFromCRL stands in a complete CRL');
  }
  const detail = `the CRL lists the certificate as revoked at ${revokedAt.toISOString()}, reason ${reason ?? 'not given'}`;
  return { status: 'revoked', detail, ...updates, revokedAt, ...(reason === undefined ? {} : { reason }) };
}

function judgeIssuer(crl: Crl, issuer: Certificate): string | undefined {
  if (!namesEqual(crl.issuer, issuer.subject)) return 'it is of another issuer';
  if (issuer.keyUsage !== undefined && !issuer.keyUsage.includes('cRLSign'))
    return 'its issuer may not sign CRLs (cRLSign)';
  return undefined;
}

function judgeExtensions({ extensions }: Crl, certificate: Certificate): string | undefined {
  const point = extensions.find((extension) => extension.oid === crlOid.issuingDistributionPoint);
  const unknown = extensions.find((extension) => extension.critical && extension !== point);
  if (unknown !== undefined) {
    return `the critical extension ${unknown.oid} is not understood`;
  }
  if (!extensions.some((extension) => extension.oid === crlOid.number)) {
    return 'it has no cRLNumber';
  }
  return point === undefined ? undefined : judgeCrlScope(point.value, certificate);
}

/** Undefined where it is negative, longer than RFC 5280 clause 5.2.3 allows, or missing. */
function numberOf({ extensions }: Crl): Uint8Array | undefined {
  const extension = extensions.find((candidate) => candidate.oid === crlOid.number);
  if (extension === undefined) return undefined;
  const number = readInteger(parseDer(extension.value, 'cRLNumber', tag.integer));
  return number.length > longestNumber || (number[0] ?? 0) > 0x7f ? undefined : number;
}

const longestNumber = 20;

function judgeSignature(crl: Crl, issuer: Certificate): string | undefined {
  const keyIdentifier = keyIdentifierOf(crl);
  const own = issuer.subjectKeyIdentifier;
  if (keyIdentifier !== undefined && own !== undefined && Buffer.compare(keyIdentifier, own) !== 0) {
    return 'it is signed with another key of the issuer';
  }
  const verdict = verifySignature(crl, issuer.publicKey);
  if (verdict.outcome === 'weak') return verdict.detail;
  return verdict.outcome === 'valid' ? undefined : 'its signature does not verify';
}

function keyIdentifierOf({ extensions }: Crl): Uint8Array | undefined {
  const extension = extensions.find((candidate) => candidate.oid === oid.authorityKeyIdentifier);
  if (extension === undefined) return undefined;
  const members = new DerMembers(parseDer(extension.value, 'authorityKeyIdentifier', tag.sequence));
  return members.optional(contextPrimitive(0), 'keyIdentifier')?.content;
}
