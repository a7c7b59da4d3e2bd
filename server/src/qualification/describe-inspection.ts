import { renderName } from '@postern/core/certificate/render-name.js';
import type { InspectionResult } from '@postern/web/views/inspector-view.js';
import type { Decision } from '../decision.js';

/** What every rule found, for people to read. */
export function describeInspection({ evidence: { certificate }, qualification }: Decision): InspectionResult {
  return {
    outcome: qualification.outcome,
    ...(qualification.outcome === 'qualified' ? {} : { code: qualification.code }),
    subject: renderName(certificate.subject),
    issuer: renderName(certificate.issuer),
    thumbprint: certificate.thumbprint,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    findings: qualification.findings,
  };
}
