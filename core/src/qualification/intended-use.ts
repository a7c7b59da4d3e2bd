import type { Certificate } from '../certificate/certificate.js';
import { oid } from '../certificate/object-identifiers.js';
import type { IntendedUse } from './evidence.js';

/**
 * What a certificate is most likely meant for, where the occasion does not say it: TLS key usages mean website,
 * otherwise a QcType for seals means seal, otherwise website. A guess for inspection; at the door the occasion decides.
 */
export function detectIntendedUse(certificate: Certificate): IntendedUse {
  const usages = certificate.extendedKeyUsage ?? [];
  if (usages.includes(oid.serverAuth) || usages.includes(oid.clientAuth)) return 'website';
  return certificate.qcStatements.types.includes(oid.qcTypeEseal) ? 'seal' : 'website';
}
