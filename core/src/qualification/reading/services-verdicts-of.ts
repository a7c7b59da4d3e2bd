import { isQualifiedCertificateService, judgeServices, type ServicesVerdict } from '../../trust/service-status.js';
import type { Evidence } from '../evidence.js';
import { pathOf } from './path-of.js';

/** What the services at the end of the path say for the intended use, at issuance and now; undefined without a CA/QC service. */
export function servicesVerdictsOf(
  evidence: Evidence,
  now: Date,
): { readonly atIssuance: ServicesVerdict; readonly now: ServicesVerdict } | undefined {
  const services = pathOf(evidence)?.services;
  if (services?.some(isQualifiedCertificateService) !== true) return undefined;
  const { certificate, use } = evidence;
  return {
    atIssuance: judgeServices(services, { certificate, use, at: certificate.notBefore }),
    now: judgeServices(services, { certificate, use, at: now }),
  };
}
