import { renderCrl } from '@postern/core/issuance/render-crl.js';
import { type IssuedStatus, renderOcspResponse } from '@postern/core/issuance/render-ocsp-response.js';
import type { OcspRequest } from '@postern/core/revocation/parse-ocsp-request.js';
import { wholeSeconds } from '../world/instants.js';
import type { IssuedEntry } from './issued-index.js';
import type { Qtsp } from './open-qtsp.js';

const OCSP_LIFETIME_MILLISECONDS = 60_000;
const CRL_LIFETIME_MILLISECONDS = 3_600_000;
const CESSATION_OF_OPERATION = 5;
const CERTIFICATE_HOLD = 6;

/** What the QTSP answers to an OCSP request, good for a minute. */
export function answerOcspRequest(
  request: OcspRequest,
  { qtsp, entries }: { readonly qtsp: Qtsp; readonly entries: readonly IssuedEntry[] },
  now: Date,
): Uint8Array {
  const { issuing, ocsp } = qtsp;
  const source = {
    issuer: { name: issuing.certificate.subject.der, publicKey: issuing.publicKey },
    responder: { ...ocsp, certificate: ocsp.certificate.der },
    statusOf: (serialNumber: string) => statusOf(entries.find((entry) => entry.serialNumber === serialNumber)),
  };
  const nextUpdate = new Date(wholeSeconds(now).getTime() + OCSP_LIFETIME_MILLISECONDS);
  return renderOcspResponse(request, source, { thisUpdate: now, nextUpdate });
}

/** The CRL of the QTSP's issuing CA, good for an hour. */
export function renderIssuingCrl(entries: readonly IssuedEntry[], { issuing }: Qtsp, now: Date): Uint8Array {
  const revoked = entries
    .filter(({ status }) => status !== 'good')
    .map((entry) => ({ serialNumber: entry.serialNumber, ...revocationOf(entry) }));
  const nextUpdate = new Date(now.getTime() + CRL_LIFETIME_MILLISECONDS);
  const issuer = { ...issuing, name: issuing.certificate.subject.der };
  return renderCrl(revoked, issuer, { thisUpdate: now, nextUpdate });
}

function statusOf(entry: IssuedEntry | undefined): IssuedStatus {
  if (entry === undefined) return undefined;
  return entry.status === 'good' ? 'good' : revocationOf(entry);
}

function revocationOf({ status, revokedAt, issuedAt }: IssuedEntry) {
  const reason = status === 'held' ? CERTIFICATE_HOLD : CESSATION_OF_OPERATION;
  return { revokedAt: new Date(revokedAt ?? issuedAt), reason };
}
