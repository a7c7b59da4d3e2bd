import type { Certificate } from '../certificate/certificate.js';
import { namesEqual } from '../certificate/compare-names.js';
import { oid } from '../certificate/object-identifiers.js';
import { verifySignature } from '../certificate/verify-signature.js';
import { responderKeyHash } from './certificate-id.js';
import type { OcspResponse } from './parse-ocsp-response.js';
import type { StatusTimes } from './revocation-status.js';

/**
 * Why an OCSP response is not signed by who may sign it: the issuer, or a delegate whose certificate the issuer itself signed
 * for id-kp-OCSPSigning (RFC 6960 clause 4.2.2.2); undefined if it is.
 */
export function judgeOcspResponder(
  response: OcspResponse,
  issuer: Certificate,
  times: StatusTimes,
): string | undefined {
  const candidates = [issuer, ...response.certificates].filter((certificate) => isResponder(response, certificate));
  let closest = 'neither the issuer nor a certificate in it is the responder that it names';
  for (const candidate of candidates) {
    const isIssuer = Buffer.compare(candidate.publicKey.spki, issuer.publicKey.spki) === 0;
    const problem =
      judgeSignature(response, candidate) ?? (isIssuer ? undefined : judgeDelegate(candidate, issuer, times));
    if (problem === undefined) return undefined;
    closest = problem;
  }
  return closest;
}

function isResponder({ responder }: OcspResponse, certificate: Certificate): boolean {
  return 'name' in responder
    ? namesEqual(responder.name, certificate.subject)
    : Buffer.compare(responder.keyHash, responderKeyHash(certificate)) === 0;
}

function judgeSignature(response: OcspResponse, { publicKey }: Certificate): string | undefined {
  const verdict = verifySignature(response, publicKey);
  if (verdict.outcome === 'weak') return verdict.detail;
  return verdict.outcome === 'valid' ? undefined : 'its signature does not verify';
}

const understoodWhenCritical: ReadonlySet<string> = new Set([
  oid.basicConstraints,
  oid.keyUsage,
  oid.extendedKeyUsage,
  oid.certificatePolicies,
  oid.ocspNoCheck,
]);

/** A delegate without ocsp-nocheck would need a status of its own, which is not asked for: its answers do not count. */
function judgeDelegate(delegate: Certificate, issuer: Certificate, times: StatusTimes): string | undefined {
  const { now, clockSkewSeconds } = times;
  if (delegate.extendedKeyUsage?.includes(oid.ocspSigning) !== true) {
    return 'its signer is not appointed for OCSP (id-kp-OCSPSigning)';
  }
  if (!namesEqual(delegate.issuer, issuer.subject) || verifySignature(delegate, issuer.publicKey).outcome !== 'valid') {
    return 'its signer is not appointed by the issuer of the certificate';
  }
  if (delegate.keyUsage !== undefined && !delegate.keyUsage.includes('digitalSignature')) {
    return 'the key of its signer is not for signatures';
  }
  if (delegate.extensions.some((extension) => extension.critical && !understoodWhenCritical.has(extension.oid))) {
    return "its signer's certificate has a critical extension that is not understood";
  }
  if (!delegate.extensions.some((extension) => extension.oid === oid.ocspNoCheck)) {
    return "its signer's certificate could itself be revoked (no id-pkix-ocsp-nocheck)";
  }
  if (delegate.notBefore.getTime() > now.getTime() + clockSkewSeconds * 1000 || delegate.notAfter < now) {
    return "its signer's certificate is not valid now";
  }
  return undefined;
}
