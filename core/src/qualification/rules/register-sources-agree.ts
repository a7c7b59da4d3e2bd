import { isInForce } from '../../register/reconcile-sources.js';
import { correctionsOf, sourcesOf } from '../reading/institutions-of.js';
import type { Rule } from '../rule.js';
import { indeterminate, notApplicable, pass, warn } from '../verdict.js';

const expected = 'no difference between the EBA register and the other sources';
const remedy =
  'Ask your National Competent Authority to bring its register and that of the EBA into step, then the bank to look again.';

/** The EBA register has no legal significance and lags; where sources differ, no one of them wins silently (U21). */
export const registerSourcesAgree: Rule = {
  id: 'register.sources-agree',
  layer: 'register',
  title: 'All sources on the organisation say the same',
  clause: 'Directive (EU) 2015/2366, articles 14 and 15',
  refusal: 'CERTIFICATE_BLOCKED',
  judge: (evidence, _policy, now) => {
    const sources = sourcesOf(evidence, now);
    if (sources === undefined) return notApplicable('nothing to look up, or no register');
    if (!correctionsOf(evidence).some((entry) => isInForce(entry, now)))
      return notApplicable('one source speaks of it');
    const found = sources.differences.join('; ') || 'no difference';
    switch (sources.agreement) {
      case 'alone':
        return notApplicable('one source speaks of it');
      case 'agree':
        return pass(found, expected);
      case 'undecided':
        return indeterminate(found, expected, remedy);
      default:
        return warn(found, expected, remedy);
    }
  },
};
