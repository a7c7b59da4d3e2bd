import { judgeGranted } from '../judge-granted.js';
import { servicesVerdictsOf } from '../reading/services-verdicts-of.js';
import type { Rule } from '../rule.js';

/** A service withdrawn since issuance no longer opens the door, whatever it issued while granted (C41). */
export const trustServiceGrantedNow: Rule = {
  id: 'trust.service-granted-now',
  layer: 'trust',
  title: 'The issuer is granted now',
  clause: 'ETSI TS 119 615 v1.4.1, 4.4.4',
  refusal: 'CERTIFICATE_UNKNOWN_ISSUER',
  judge: (evidence, _policy, now) => judgeGranted(servicesVerdictsOf(evidence, now)?.now, 'now'),
};
