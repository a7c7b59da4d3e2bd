import { createHash } from 'node:crypto';
import type { Certificate } from '@postern/core/certificate/certificate.js';
import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import { createWeakPool } from '../weak-pool.js';

const pool = createWeakPool<Certificate>();

/**
 * Reads a certificate, or gives the one that was read from the same octets and that somebody still holds: issuers stand behind thousands
 * of certificates, and several judges decide on each. Throws Refusal CERTIFICATE_INVALID.
 */
export function parsePooledCertificate(der: Uint8Array): Certificate {
  return pool(createHash('sha256').update(der).digest('base64url'), () => parseCertificate(der));
}
