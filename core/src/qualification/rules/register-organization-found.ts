import { institutionsOf } from '../reading/institutions-of.js';
import { organizationOf } from '../reading/organization-of.js';
import type { Rule } from '../rule.js';
import { fail, indeterminate, notApplicable, pass } from '../verdict.js';

/** Exactly one institution: agents and branches act under their principal (C68), and of two nobody picks one (C19). */
export const registerOrganizationFound: Rule = {
  id: 'register.organization-found',
  layer: 'register',
  title: 'The organisation is in the register',
  clause: 'Directive (EU) 2015/2366, articles 14 and 15; ETSI TS 119 495 v1.8.1, 5.2.1',
  refusal: 'CERTIFICATE_BLOCKED',
  judge: (evidence, _policy, now) => {
    const organization = organizationOf(evidence);
    const institutions = institutionsOf(evidence, now);
    if (organization === undefined || institutions === undefined)
      return notApplicable('nothing to look up, or no register');
    const expected = `one institution with number ${organization.number} under ${organization.country}-${organization.authority}`;
    const [first, second] = institutions;
    if (first === undefined) {
      return fail(
        'none',
        expected,
        'Ask your National Competent Authority whether your entry in the register is right.',
      );
    }
    if (second === undefined) return pass(`${first.names[0] ?? first.entityCode} (${first.entityCode})`, expected);
    const codes = institutions.map(({ entityCode, type }) => `${entityCode} (${type})`).join(', ');
    return indeterminate(codes, expected, 'Ask the bank: its operator has to tell which entry is yours.');
  },
};
