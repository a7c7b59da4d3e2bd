import { Refusal } from '@postern/core/refusal/refusal.js';
import type { AuditLog } from '../audit/audit-log.js';
import type { Decision } from '../decision.js';

/**
 * Does `work` and, if it ends in a refusal, keeps the decisions on certificates that it made until then, so that the refusal can be
 * explained as long as the audit lives. The refusal goes on, naming the decision on the peer's certificate.
 */
export async function recordRefused<T>(audit: AuditLog, work: (decisions: Decision[]) => Promise<T>): Promise<T> {
  const decisions: Decision[] = [];
  try {
    return await work(decisions);
  } catch (cause) {
    const [ofPeer] = decisions;
    if (!(cause instanceof Refusal) || ofPeer === undefined) throw cause;
    for (const decision of decisions) audit.appendDecision(decision);
    throw new Refusal(cause.code, cause.message, {
      ...(cause.detail === undefined ? {} : { detail: cause.detail }),
      findings: cause.findings,
      problems: cause.problems,
      decision: ofPeer.id,
      cause: cause.cause,
    });
  }
}
