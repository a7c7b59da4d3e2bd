import { type DerElement, DerMembers, parseDer } from '../asn1/der-reader.js';
import { contextConstructed, tag } from '../asn1/der-tag.js';
import { readInteger, readObjectIdentifier } from '../asn1/der-values.js';

const NONCE = '1.3.6.1.5.5.7.48.1.2';
const MAXIMUM_REQUESTS = 32;

/** What an OCSP client asks (RFC 6960 clause 4.1). */
export interface OcspRequest {
  readonly certificates: readonly CertificateId[];
  /** The extension as it came, to be sent back. */
  readonly nonce: Uint8Array | undefined;
}

export interface CertificateId {
  /** The CertID as it came, to be sent back. */
  readonly encoded: Uint8Array;
  readonly hashAlgorithm: string;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  /** Lower-case hexadecimal of the INTEGER's content octets. */
  readonly serialNumber: string;
}

/** Reads an OCSPRequest; a signature on it is not looked at. Throws Refusal when it cannot be read. */
export function parseOcspRequest(der: Uint8Array): OcspRequest {
  const members = new DerMembers(parseDer(der, 'OCSPRequest', tag.sequence));
  const tbs = new DerMembers(members.next(tag.sequence, 'tbsRequest'));
  tbs.optional(contextConstructed(0), 'version');
  tbs.optional(contextConstructed(1), 'requestorName');
  const list = new DerMembers(tbs.next(tag.sequence, 'requestList'));
  const extensions = tbs.optional(contextConstructed(2), 'requestExtensions');
  tbs.end();
  return {
    certificates: list.rest('Request', MAXIMUM_REQUESTS).map(readCertificateId),
    nonce: extensions === undefined ? undefined : readNonce(extensions),
  };
}

function readCertificateId(request: DerElement): CertificateId {
  const id = new DerMembers(request).next(tag.sequence, 'reqCert');
  const members = new DerMembers(id);
  const algorithm = new DerMembers(members.next(tag.sequence, 'hashAlgorithm'));
  const certificateId = {
    encoded: id.encoded,
    hashAlgorithm: readObjectIdentifier(algorithm.next(tag.objectIdentifier, 'algorithm')),
    issuerNameHash: members.next(tag.octetString, 'issuerNameHash').content,
    issuerKeyHash: members.next(tag.octetString, 'issuerKeyHash').content,
    serialNumber: Buffer.from(readInteger(members.next(tag.integer, 'serialNumber'))).toString('hex'),
  };
  members.end();
  return certificateId;
}

function readNonce(wrapper: DerElement): Uint8Array | undefined {
  const extensions = new DerMembers(new DerMembers(wrapper).next(tag.sequence, 'Extensions'));
  return extensions.rest('Extension', 16).find(isNonce)?.encoded;
}

function isNonce(extension: DerElement): boolean {
  return readObjectIdentifier(new DerMembers(extension).next(tag.objectIdentifier, 'extnID')) === NONCE;
}
