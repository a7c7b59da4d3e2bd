import type { StatusInForce } from '../../trust/service-status.js';
import type { IntendedUse } from '../evidence.js';
import { servicesVerdictsOf } from '../reading/services-verdicts-of.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

export const trustServiceCoversUse: Rule = {
  id: 'trust.service-covers-use',
  layer: 'trust',
  title: 'The issuer is listed for this type of certificate',
  clause: 'ETSI TS 119 612 v2.4.1, 5.5.9.4',
  refusal: 'CERTIFICATE_UNKNOWN_ISSUER',
  judge: (evidence, _policy, now) => {
    const verdicts = servicesVerdictsOf(evidence, now);
    if (verdicts === undefined) return notApplicable('no service of type CA/QC');
    const expected = `${uris[evidence.use]}, at issuance and now`;
    for (const verdict of [verdicts.atIssuance, verdicts.now]) {
      if (verdict.standing !== 'other-use') continue;
      return fail(
        describeUses(verdict.statuses),
        expected,
        'Use a certificate of a service that is listed for this type.',
      );
    }
    return pass(uris[evidence.use], expected);
  },
};

function describeUses(statuses: readonly StatusInForce[]): string {
  const uses = new Set(statuses.flatMap(({ status }) => status.uses));
  return uses.size === 0 ? 'no type of certificate is named' : `listed for ${[...uses].join(' and ')}`;
}

const uris: Readonly<Record<IntendedUse, string>> = { website: 'ForWebSiteAuthentication', seal: 'ForeSeals' };
