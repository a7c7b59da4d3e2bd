import type { Logger } from 'pino';
import type { AuditLog } from '../audit/audit-log.js';
import type { Decision } from '../decision.js';

/** Puts an event into the audit, and a line into the log, for each decision that a status answer carried past its own end. */
export function alarmOfGrace(
  { id, policy, evidence, qualification }: Decision,
  { audit, logger }: { readonly audit: AuditLog; readonly logger: Logger },
): void {
  if ((policy.statusGraceSeconds ?? 0) === 0 || qualification.outcome !== 'qualified') return;
  const lapsed = qualification.findings.find(({ rule, outcome }) => {
    return rule === 'revocation.status-known' && outcome === 'warn';
  });
  if (lapsed === undefined) return;
  const { thumbprint } = evidence.certificate;
  logger.warn({ thumbprint, decision: id, found: lapsed.found }, 'a status answer counts by grace');
  audit.append({
    at: qualification.at,
    kind: 'status-grace-used',
    outcome: 'done',
    organizationIdentifier: qualification.organization.identifier,
    thumbprint,
    decisionId: id,
    correlationId: id,
    detail: { found: lapsed.found },
  });
}
