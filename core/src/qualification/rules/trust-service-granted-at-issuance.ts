import { judgeGranted } from '../judge-granted.js';
import { servicesVerdictsOf } from '../reading/services-verdicts-of.js';
import type { Rule } from '../rule.js';

export const trustServiceGrantedAtIssuance: Rule = {
  id: 'trust.service-granted-at-issuance',
  layer: 'trust',
  title: 'The issuer was granted when it issued the certificate',
  clause: 'ETSI TS 119 615 v1.4.1, 4.4.4 (PRO-4.4.4-34)',
  refusal: 'CERTIFICATE_UNKNOWN_ISSUER',
  judge: (evidence, _policy, now) => judgeGranted(servicesVerdictsOf(evidence, now)?.atIssuance, 'at issuance'),
};
