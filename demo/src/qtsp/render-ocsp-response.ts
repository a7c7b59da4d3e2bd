import { createHash } from 'node:crypto';
import {
  enumerated,
  explicit,
  generalizedTime,
  implicit,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
} from '@postern/core/asn1/der-writer.js';
import { keyIdentifier } from '@postern/core/issuance/extensions.js';
import { publicKeyBits } from '@postern/core/issuance/public-key-octets.js';
import { signatureAlgorithm, signatureOver } from '@postern/core/issuance/signature-algorithm.js';
import type { CertificateId, OcspRequest } from '@postern/core/revocation/parse-ocsp-request.js';
import { wholeSeconds } from '../world/instants.js';
import type { Credential } from '../x509/credential.js';
import type { IssuedEntry } from './issued-index.js';
import type { Qtsp } from './open-qtsp.js';
import { revocationReason, revocationTime } from './render-crl.js';

const BASIC_RESPONSE = '1.3.6.1.5.5.7.48.1.1';
const LIFETIME_MILLISECONDS = 60_000;

const hashNames: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** OCSPResponse with status malformedRequest. */
export function renderMalformedRequest(): Uint8Array {
  return sequence(enumerated(1));
}

/** The signed answer to a request (RFC 6960 clause 4.2), DER, good for a minute; what the QTSP did not issue is unknown. */
export function renderOcspResponse(
  request: OcspRequest,
  from: { qtsp: Qtsp; entries: readonly IssuedEntry[] },
  now: Date,
): Uint8Array {
  const responses = request.certificates.map((id) => singleResponse(id, statusOf(id, from), now));
  const signed = sequence(
    explicit(2, octetString(keyIdentifier(from.qtsp.ocsp.publicKey))),
    generalizedTime(now),
    sequence(...responses),
    ...(request.nonce === undefined ? [] : [explicit(1, sequence(request.nonce))]),
  );
  return sequence(
    enumerated(0),
    explicit(0, sequence(objectIdentifier(BASIC_RESPONSE), octetString(sign(signed, from.qtsp.ocsp)))),
  );
}

function sign(signed: Uint8Array, responder: Credential): Uint8Array {
  return sequence(
    signed,
    signatureAlgorithm(responder.privateKey),
    signatureOver(signed, responder.privateKey),
    explicit(0, sequence(responder.certificate.der)),
  );
}

function singleResponse(id: CertificateId, status: Uint8Array, now: Date): Uint8Array {
  const nextUpdate = new Date(wholeSeconds(now).getTime() + LIFETIME_MILLISECONDS);
  return sequence(id.encoded, status, generalizedTime(now), explicit(0, generalizedTime(nextUpdate)));
}

function statusOf(id: CertificateId, { qtsp, entries }: { qtsp: Qtsp; entries: readonly IssuedEntry[] }): Uint8Array {
  const entry = entries.find((candidate) => candidate.serialNumber === id.serialNumber);
  if (entry === undefined || !isFromIssuer(id, qtsp.issuing)) {
    return implicit(2, nullValue());
  }
  return entry.status === 'good'
    ? implicit(0, nullValue())
    : implicit(1, sequence(generalizedTime(revocationTime(entry)), explicit(0, enumerated(revocationReason(entry)))));
}

function isFromIssuer(id: CertificateId, issuing: Credential): boolean {
  const hash = hashNames[id.hashAlgorithm];
  if (hash === undefined) {
    return false;
  }
  const digest = (octets: Uint8Array) => createHash(hash).update(octets).digest();
  return (
    digest(issuing.certificate.subject.der).equals(id.issuerNameHash) &&
    digest(publicKeyBits(issuing.publicKey)).equals(id.issuerKeyHash)
  );
}
