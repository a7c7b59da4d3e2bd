import { servicesVerdictsOf } from '../reading/services-verdicts-of.js';
import type { Rule } from '../rule.js';
import { indeterminate, notApplicable, pass } from '../verdict.js';

const expected = 'services that are understood and say the same';

/** Nobody picks the good one of several: not at issuance, not now. */
export const trustServicesAgree: Rule = {
  id: 'trust.services-agree',
  layer: 'trust',
  title: 'The entries for the issuer are understood and agree',
  clause: 'ETSI TS 119 615 v1.4.1, 4.3.4 (PRO-4.3.4-03A to -11)',
  refusal: 'CERTIFICATE_UNKNOWN_ISSUER',
  judge: (evidence, _policy, now) => {
    const verdicts = servicesVerdictsOf(evidence, now);
    if (verdicts === undefined) return notApplicable('no service of type CA/QC');
    for (const verdict of [verdicts.atIssuance, verdicts.now]) {
      if (verdict.standing !== 'conflict' && verdict.standing !== 'not-understood') continue;
      return indeterminate(verdict.detail, expected, 'Ask your QTSP about its entry on the trusted list.');
    }
    return pass('no contradiction', expected);
  },
};
