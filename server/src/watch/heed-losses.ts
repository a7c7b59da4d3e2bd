import { Refusal } from '@postern/core/refusal/refusal.js';
import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';
import type { CertificateJudge } from '../decision.js';
import type { KnownLosses } from './known-losses.js';

/**
 * The same judge, but for what another node has found lost: a node whose register or status answer is older must not let in
 * for website access whom a newer one has excluded. Throws Refusal with the code of the loss, naming its own decision.
 */
export function heedLosses(judge: CertificateJudge, losses: KnownLosses): CertificateJudge {
  return {
    judge: async (presented, use) => {
      const decision = await judge.judge(presented, use);
      const { qualification, id } = decision;
      if (use !== 'website' || qualification.outcome !== 'qualified') return decision;
      const suspension = losses.suspensionOf(qualification.organization.identifier);
      if (suspension !== undefined)
        throw new Refusal('CERTIFICATE_BLOCKED', `The organisation is suspended: ${suspension}.`, { decision: id });
      const end = losses.endOf(qualification.certificate.thumbprint);
      if (end === undefined) return decision;
      throw new Refusal(end.code as RefusalCode, `The certificate no longer counts: ${end.reason}.`, { decision: id });
    },
  };
}
