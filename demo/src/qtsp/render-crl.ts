import { enumerated, explicit, integer, sequence, time } from '@postern/core/asn1/der-writer.js';
import { authorityKeyIdentifier, extension } from '@postern/core/issuance/extensions.js';
import { signatureAlgorithm, signStructure } from '@postern/core/issuance/signature-algorithm.js';
import type { Credential } from '../x509/credential.js';
import type { IssuedEntry } from './issued-index.js';

const LIFETIME_MILLISECONDS = 3_600_000;
const CRL_NUMBER = '2.5.29.20';
const REASON_CODE = '2.5.29.21';
const CESSATION_OF_OPERATION = 5;
const CERTIFICATE_HOLD = 6;

/** The CRL of the issuing CA (RFC 5280 clause 5), DER, good for an hour; its number is the time in seconds, so it grows. */
export function renderCrl(entries: readonly IssuedEntry[], issuing: Credential, now: Date): Uint8Array {
  const revoked = entries.filter((entry) => entry.status !== 'good').map(revokedCertificate);
  const tbs = sequence(
    integer(1),
    signatureAlgorithm(issuing.privateKey),
    issuing.certificate.subject.der,
    time(now),
    time(new Date(now.getTime() + LIFETIME_MILLISECONDS)),
    ...(revoked.length === 0 ? [] : [sequence(...revoked)]),
    explicit(
      0,
      sequence(
        authorityKeyIdentifier(issuing.publicKey),
        extension(CRL_NUMBER, integer(Math.floor(now.getTime() / 1000))),
      ),
    ),
  );
  return signStructure(tbs, issuing.privateKey);
}

function revokedCertificate(entry: IssuedEntry): Uint8Array {
  return sequence(
    integer(Buffer.from(entry.serialNumber, 'hex')),
    time(revocationTime(entry)),
    sequence(extension(REASON_CODE, enumerated(revocationReason(entry)))),
  );
}

/** Why an entry is revoked: CRLReason (RFC 5280 clause 5.3.1). */
export function revocationReason({ status }: IssuedEntry): number {
  return status === 'held' ? CERTIFICATE_HOLD : CESSATION_OF_OPERATION;
}

/** When an entry was revoked. */
export function revocationTime(entry: IssuedEntry): Date {
  return new Date(entry.revokedAt ?? entry.issuedAt);
}
