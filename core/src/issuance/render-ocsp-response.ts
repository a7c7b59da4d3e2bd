import { createHash, type KeyObject } from 'node:crypto';
import {
  enumerated,
  explicit,
  generalizedTime,
  implicit,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
} from '../asn1/der-writer.js';
import type { CertificateId, OcspRequest } from '../revocation/parse-ocsp-request.js';
import { keyIdentifier } from './extensions.js';
import type { IssuerKey, RevokedEntry } from './issuer-key.js';
import { publicKeyBits } from './public-key-octets.js';
import { signatureAlgorithm, signatureOver } from './signature-algorithm.js';

const BASIC_RESPONSE = '1.3.6.1.5.5.7.48.1.1';

const hashNames: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** What an issuing CA says of one of its certificates; undefined for a serial number that it never gave. */
export type IssuedStatus = 'good' | Pick<RevokedEntry, 'revokedAt' | 'reason'> | undefined;

/** Who answers for an issuing CA, and what. */
export interface OcspSource {
  readonly issuer: Pick<IssuerKey, 'name' | 'publicKey'>;
  /** The delegated responder (RFC 6960 clause 4.2.2.2), with its certificate in DER. */
  readonly responder: {
    readonly privateKey: KeyObject;
    readonly publicKey: KeyObject;
    readonly certificate: Uint8Array;
  };
  /** By serial number, lower-case hexadecimal of the INTEGER's content octets. */
  readonly statusOf: (serialNumber: string) => IssuedStatus;
}

/** OCSPResponse without an answer: malformedRequest (1) or unauthorized (6), RFC 6960 clause 4.2.1. */
export function renderOcspError(error: 'malformedRequest' | 'unauthorized'): Uint8Array {
  return sequence(enumerated(error === 'malformedRequest' ? 1 : 6));
}

/** The signed answer to a request (RFC 6960 clause 4.2), DER; what the CA did not issue is unknown. Whole seconds count. */
export function renderOcspResponse(
  request: OcspRequest,
  source: OcspSource,
  { thisUpdate, nextUpdate }: { readonly thisUpdate: Date; readonly nextUpdate: Date },
): Uint8Array {
  const times = [generalizedTime(thisUpdate), explicit(0, generalizedTime(nextUpdate))];
  const responses = request.certificates.map((id) => sequence(id.encoded, statusOf(id, source), ...times));
  const signed = sequence(
    explicit(2, octetString(keyIdentifier(source.responder.publicKey))),
    generalizedTime(thisUpdate),
    sequence(...responses),
    ...(request.nonce === undefined ? [] : [explicit(1, sequence(request.nonce))]),
  );
  return sequence(
    enumerated(0),
    explicit(0, sequence(objectIdentifier(BASIC_RESPONSE), octetString(sign(signed, source.responder)))),
  );
}

/** Whether a request is about a certificate of this issuer: both hashes of its CertID are the issuer's. */
export function isFromIssuer(id: CertificateId, issuer: Pick<IssuerKey, 'name' | 'publicKey'>): boolean {
  const hash = hashNames[id.hashAlgorithm];
  if (hash === undefined) {
    return false;
  }
  const digest = (octets: Uint8Array) => createHash(hash).update(octets).digest();
  return (
    digest(issuer.name).equals(id.issuerNameHash) && digest(publicKeyBits(issuer.publicKey)).equals(id.issuerKeyHash)
  );
}

function sign(signed: Uint8Array, responder: OcspSource['responder']): Uint8Array {
  return sequence(
    signed,
    signatureAlgorithm(responder.privateKey),
    signatureOver(signed, responder.privateKey),
    explicit(0, sequence(responder.certificate)),
  );
}

function statusOf(id: CertificateId, { issuer, statusOf: read }: OcspSource): Uint8Array {
  const status = isFromIssuer(id, issuer) ? read(id.serialNumber) : undefined;
  if (status === undefined) {
    return implicit(2, nullValue());
  }
  return status === 'good'
    ? implicit(0, nullValue())
    : implicit(1, sequence(generalizedTime(status.revokedAt), explicit(0, enumerated(status.reason))));
}
