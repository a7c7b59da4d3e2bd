import { enumerated, explicit, integer, sequence, time } from '../asn1/der-writer.js';
import { authorityKeyIdentifier, extension } from './extensions.js';
import type { IssuerKey, RevokedEntry } from './issuer-key.js';
import { signatureAlgorithm, signStructure } from './signature-algorithm.js';

const CRL_NUMBER = '2.5.29.20';
const REASON_CODE = '2.5.29.21';

/** The CRL of an issuing CA (RFC 5280 clause 5), DER; its number is the time in seconds, so it grows. */
export function renderCrl(
  revoked: readonly RevokedEntry[],
  issuer: IssuerKey,
  { thisUpdate, nextUpdate }: { readonly thisUpdate: Date; readonly nextUpdate: Date },
): Uint8Array {
  const tbs = sequence(
    integer(1),
    signatureAlgorithm(issuer.privateKey),
    issuer.name,
    time(thisUpdate),
    time(nextUpdate),
    ...(revoked.length === 0 ? [] : [sequence(...revoked.map(revokedCertificate))]),
    explicit(
      0,
      sequence(
        authorityKeyIdentifier(issuer.publicKey),
        extension(CRL_NUMBER, integer(Math.floor(thisUpdate.getTime() / 1000))),
      ),
    ),
  );
  return signStructure(tbs, issuer.privateKey);
}

function revokedCertificate({ serialNumber, revokedAt, reason }: RevokedEntry): Uint8Array {
  return sequence(
    integer(Buffer.from(serialNumber, 'hex')),
    time(revokedAt),
    sequence(extension(REASON_CODE, enumerated(reason))),
  );
}
