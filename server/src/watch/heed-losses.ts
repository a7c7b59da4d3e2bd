import { Refusal } from '@postern/core/refusal/refusal.js';
import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';
import type { CertificateJudge, Decision } from '../decision.js';
import type { KnownLosses } from './known-losses.js';

/**
 * The same judge, but for what another node has found lost: a node whose register or status answer is older must not let in
 * for website access whom a newer one has excluded. Throws Refusal with the code of the loss, naming its own decision.
 */
export function heedLosses(judge: CertificateJudge, losses: KnownLosses): CertificateJudge {
  return {
    judge: (presented, use) => {
      const decision = judge.judge(presented, use);
      if (use !== 'website') return decision;
      return decision instanceof Promise
        ? decision.then((made) => requireUnlost(made, losses))
        : requireUnlost(decision, losses);
    },
  };
}

function requireUnlost(decision: Decision, losses: KnownLosses): Decision {
  const { qualification, id } = decision;
  if (qualification.outcome !== 'qualified') return decision;
  const suspension = losses.suspensionOf(qualification.organization.identifier);
  if (suspension !== undefined)
    throw new Refusal('CERTIFICATE_BLOCKED', `The organisation is suspended: ${suspension}.`, { decision: id });
  const end = losses.endOf(qualification.certificate.thumbprint);
  if (end === undefined) return decision;
  throw new Refusal(end.code as RefusalCode, `The certificate no longer counts: ${end.reason}.`, { decision: id });
}
