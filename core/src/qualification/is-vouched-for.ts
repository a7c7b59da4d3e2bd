import { grantedStatus, isQualifiedCertificateService, statusInForce } from '../trust/service-status.js';
import type { Evidence } from './evidence.js';

/**
 * Whether a service that stands granted on the trusted lists has issued the certificate, whatever else may be wrong with it: somebody has
 * then looked at who holds it. Everybody else is a stranger.
 */
export function isVouchedFor({ path }: Evidence, at: Date): boolean {
  if (!('certificates' in path)) return false;
  return path.services.some(
    (service) => isQualifiedCertificateService(service) && statusInForce(service, at)?.status === grantedStatus,
  );
}
