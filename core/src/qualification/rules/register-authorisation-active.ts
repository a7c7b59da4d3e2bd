import { authorisationStatusAt } from '../../register/authorisation-status.js';
import { institutionOf, noInstitution } from '../reading/institutions-of.js';
import { renderTime } from '../render-time.js';
import type { Rule } from '../rule.js';
import { fail, indeterminate, notApplicable, pass } from '../verdict.js';

/** A withdrawal announced for a later day takes effect on that day (U19); dates that cannot be read are never active. */
export const registerAuthorisationActive: Rule = {
  id: 'register.authorisation-active',
  layer: 'register',
  title: 'The authorisation is in force',
  clause: 'Directive (EU) 2015/2366, articles 11, 13 and 14',
  refusal: 'CERTIFICATE_BLOCKED',
  judge: (evidence, _policy, now) => {
    const institution = institutionOf(evidence, now);
    if (institution === undefined) return notApplicable(noInstitution);
    const status = authorisationStatusAt(institution.authorisationDates, now);
    const found = `${status}; dates ${institution.authorisationDates.join(', ') || 'none'}`;
    const expected = `active at ${renderTime(now)}`;
    const remedy =
      'Ask your National Competent Authority whether the register entry is right. Access returns by itself.';
    if (status === 'active') return pass(found, expected);
    return status === 'unknown' ? indeterminate(found, expected, remedy) : fail(found, expected, remedy);
  },
};
