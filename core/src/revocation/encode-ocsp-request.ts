import { explicit, objectIdentifier, octetString, sequence } from '../asn1/der-writer.js';
import { type CertificateIdHash, encodeCertificateId } from './certificate-id.js';
import { ocspOid } from './ocsp-oid.js';
import type { StatusSubject } from './revocation-status.js';

/** Writes an unsigned OCSP request for one certificate (RFC 6960 clause 4.1), with the subject's nonce if it has one. */
export function encodeOcspRequest(subject: StatusSubject, hash: CertificateIdHash = 'sha256'): Uint8Array {
  const requestList = sequence(sequence(encodeCertificateId(subject, hash)));
  const { nonce } = subject;
  if (nonce === undefined) {
    return sequence(sequence(requestList));
  }
  const extension = sequence(objectIdentifier(ocspOid.nonce), octetString(octetString(nonce)));
  return sequence(sequence(requestList, explicit(2, sequence(extension))));
}
