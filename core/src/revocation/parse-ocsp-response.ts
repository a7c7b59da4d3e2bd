import { type DerElement, DerMembers, parseDer, refuseDer } from '../asn1/der-reader.js';
import { contextConstructed, contextPrimitive, tag } from '../asn1/der-tag.js';
import { readGeneralizedTime } from '../asn1/der-time.js';
import { readNull, readObjectIdentifier, readOctetsOfBits, readSmallInteger } from '../asn1/der-values.js';
import type { Certificate, Extension, Name } from '../certificate/certificate.js';
import { parseAlgorithm } from '../certificate/parse-algorithm.js';
import { maximumCertificateOctets, parseCertificate } from '../certificate/parse-certificate.js';
import { parseExtensions } from '../certificate/parse-extensions.js';
import { parseName } from '../certificate/parse-name.js';
import type { Signed } from '../certificate/verify-signature.js';
import { Refusal } from '../refusal/refusal.js';
import { type CertificateId, parseCertificateId } from './certificate-id.js';
import { ocspOid } from './ocsp-oid.js';
import { readRevocationReason } from './read-revocation-reason.js';
import type { RevocationReason } from './revocation-status.js';

/** A BasicOCSPResponse (RFC 6960 clause 4.2.1), nothing in it verified. */
export interface OcspResponse extends Signed {
  readonly responder: { readonly name: Name } | { readonly keyHash: Uint8Array };
  readonly producedAt: Date;
  readonly responses: readonly SingleResponse[];
  readonly extensions: readonly Extension[];
  readonly certificates: readonly Certificate[];
}

export interface SingleResponse {
  readonly id: CertificateId;
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly revokedAt: Date | undefined;
  readonly reason: RevocationReason | undefined;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  readonly extensions: readonly Extension[];
}

const maximumOctets = 4 * maximumCertificateOctets;
const maximumResponses = 128;
const maximumCertificates = 8;

const responseStatuses = [
  'successful',
  'malformedRequest',
  'internalError',
  'tryLater',
  undefined,
  'sigRequired',
  'unauthorized',
];

/** Reads an OCSP response; throws Refusal for one that is malformed, and for one that says anything but "successful". */
export function parseOcspResponse(bytes: Uint8Array): OcspResponse {
  if (bytes.length > maximumOctets) {
    refuseDer('OCSPResponse', `it is longer than ${maximumOctets} octets`);
  }
  const members = new DerMembers(parseDer(bytes, 'OCSPResponse', tag.sequence));
  const status = readSmallInteger(members.next(tag.enumerated, 'responseStatus'));
  if (status !== 0) {
    refuseDer('responseStatus', `the responder answers ${responseStatuses[status] ?? status}`);
  }
  const responseBytes = inner(members.next(contextConstructed(0), 'responseBytes'), tag.sequence);
  members.end();
  const typed = new DerMembers(responseBytes);
  if (readObjectIdentifier(typed.next(tag.objectIdentifier, 'responseType')) !== ocspOid.basicResponse) {
    refuseDer('responseType', 'it is not a basic response');
  }
  const response = inner(typed.next(tag.octetString, 'response'), tag.sequence);
  typed.end();
  return parseBasicResponse(response);
}

function parseBasicResponse(element: DerElement): OcspResponse {
  const members = new DerMembers(element);
  const tbs = members.next(tag.sequence, 'tbsResponseData');
  const signatureAlgorithm = parseAlgorithm(members.next(tag.sequence, 'signatureAlgorithm'));
  const signature = readOctetsOfBits(members.next(tag.bitString, 'signature'));
  const certificates = members.optional(contextConstructed(0), 'certs');
  members.end();
  return {
    tbs: tbs.encoded,
    signatureAlgorithm,
    signature,
    certificates: certificates === undefined ? [] : parseCertificates(inner(certificates, tag.sequence)),
    ...parseResponseData(tbs),
  };
}

function parseCertificates(element: DerElement): Certificate[] {
  const members = new DerMembers(element).rest('certs', maximumCertificates, tag.sequence);
  return members.flatMap(({ encoded }) => {
    try {
      return [parseCertificate(encoded)];
    } catch (error) {
      // A responder may send its whole path along; what cannot be read is no delegate.
      if (error instanceof Refusal) return [];
      throw error;
    }
  });
}

function parseResponseData(
  element: DerElement,
): Pick<OcspResponse, 'responder' | 'producedAt' | 'responses' | 'extensions'> {
  const members = new DerMembers(element);
  if (members.optional(contextConstructed(0), 'version') !== undefined) {
    refuseDer('version', 'version 1 is the default and is not written in DER, and there is no other');
  }
  const responder = parseResponder(members.any('responderID'));
  const producedAt = readGeneralizedTime(members.any('producedAt'));
  const list = members.next(tag.sequence, 'responses');
  const extensions = members.optional(contextConstructed(1), 'responseExtensions');
  members.end();
  return {
    responder,
    producedAt,
    responses: new DerMembers(list).rest('SingleResponse', maximumResponses, tag.sequence).map(parseSingleResponse),
    extensions: extensions === undefined ? [] : parseExtensions(extensions),
  };
}

function parseResponder(element: DerElement): OcspResponse['responder'] {
  switch (element.identifier) {
    case contextConstructed(1):
      return { name: parseName(inner(element, tag.sequence)) };
    case contextConstructed(2):
      return { keyHash: inner(element, tag.octetString).content };
    default:
      return refuseDer(element.name, 'it is neither a name nor a key hash');
  }
}

function parseSingleResponse(element: DerElement): SingleResponse {
  const members = new DerMembers(element);
  const id = parseCertificateId(members.next(tag.sequence, 'certID'));
  const status = parseStatus(members.any('certStatus'));
  const thisUpdate = readGeneralizedTime(members.any('thisUpdate'));
  const nextUpdate = members.optional(contextConstructed(0), 'nextUpdate');
  const extensions = members.optional(contextConstructed(1), 'singleExtensions');
  members.end();
  return {
    id,
    ...status,
    thisUpdate,
    nextUpdate: nextUpdate && readGeneralizedTime(inner(nextUpdate, tag.generalizedTime)),
    extensions: extensions === undefined ? [] : parseExtensions(extensions),
  };
}

function parseStatus(element: DerElement): Pick<SingleResponse, 'status' | 'revokedAt' | 'reason'> {
  switch (element.identifier) {
    case contextPrimitive(0):
      readNull(element);
      return { status: 'good', revokedAt: undefined, reason: undefined };
    case contextPrimitive(2):
      readNull(element);
      return { status: 'unknown', revokedAt: undefined, reason: undefined };
    case contextConstructed(1): {
      const members = new DerMembers(element);
      const revokedAt = readGeneralizedTime(members.any('revocationTime'));
      const reason = members.optional(contextConstructed(0), 'revocationReason');
      members.end();
      return { status: 'revoked', revokedAt, reason: reason && readRevocationReason(inner(reason, tag.enumerated)) };
    }
    default:
      return refuseDer(element.name, 'it is neither good, nor revoked, nor unknown');
  }
}

function inner(element: DerElement, identifier: number): DerElement {
  return parseDer(element.content, element.name, identifier);
}
