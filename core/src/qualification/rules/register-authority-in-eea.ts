import { organizationOf } from '../reading/organization-of.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

const expected = 'an authority of the European Economic Area';

/** An authorisation of the United Kingdom opens nothing here since 31 December 2020, whatever a certificate still says (C67). */
export const registerAuthorityInEea: Rule = {
  id: 'register.authority-in-eea',
  layer: 'register',
  title: 'The authority is one of the European Economic Area',
  clause: 'Directive (EU) 2015/2366, articles 11 and 28',
  refusal: 'CERTIFICATE_BLOCKED',
  judge: (evidence) => {
    const organization = organizationOf(evidence);
    if (organization === undefined) return notApplicable('no authorisation number');
    const found = `${organization.country}-${organization.authority}`;
    if (eea.has(organization.country)) return pass(found, expected);
    return fail(
      found,
      expected,
      'Use the certificate of an organisation that is authorised in the European Economic Area.',
    );
  },
};

/** `EL` beside `GR`: trusted lists and some authorities write it so. */
const eea: ReadonlySet<string> = new Set(
  'AT BE BG HR CY CZ DK EE FI FR DE GR EL HU IS IE IT LI LV LT LU MT NL NO PL PT RO SK SI ES SE'.split(' '),
);
