import { homeCountry, rolesForServices } from '../../register/roles-for-services.js';
import { tppRolesOf } from '../psp-roles.js';
import { institutionOf, noInstitution } from '../reading/institutions-of.js';
import { noStatement, statementOf } from '../reading/statement-of.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass, warn } from '../verdict.js';

/** A role in the certificate that the register does not allow opens nothing; without any allowed role nothing is left to open. */
export const registerRolesAuthorised: Rule = {
  id: 'register.roles-authorised',
  layer: 'register',
  title: 'The roles in the certificate are authorised',
  clause: 'Directive (EU) 2015/2366, article 37(1) and annex I; EBA-Op-2018-7',
  refusal: 'ROLE_INVALID',
  judge: (evidence, _policy, now) => {
    const statement = statementOf(evidence);
    const institution = institutionOf(evidence, now);
    if (statement === undefined) return notApplicable(noStatement);
    if (institution === undefined) return notApplicable(noInstitution);
    const roles = tppRolesOf(statement.roles);
    if (roles.length === 0) return notApplicable('no role of a TPP in the certificate');
    const authorised = rolesForServices(institution, homeCountry(institution));
    const uncovered = roles.filter((role) => !authorised.includes(role));
    const found = `authorised: ${authorised.join(', ') || 'none'}`;
    const expected = roles.join(', ');
    if (uncovered.length === 0) return pass(found, expected);
    const remedy = `Ask your authority to register the services of ${uncovered.join(', ')}, or do without.`;
    return uncovered.length === roles.length ? fail(found, expected, remedy) : warn(found, expected, remedy);
  },
};
