import { homeCountry, rolesForServices } from '../../register/roles-for-services.js';
import { tppRolesOf } from '../psp-roles.js';
import { institutionOf, noInstitution } from '../reading/institutions-of.js';
import { noStatement, statementOf } from '../reading/statement-of.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass, warn } from '../verdict.js';

/** A bank is not obliged to check passporting, and an entry may lag: told; refused only where policy says so (C25). */
export const registerPassported: Rule = {
  id: 'register.passported',
  layer: 'register',
  title: 'The services are notified for the country of the bank',
  clause: 'EBA Q&A 2018_4432; Directive (EU) 2015/2366, article 28',
  refusal: 'ROLE_INVALID',
  judge: (evidence, { hostCountry, passporting }, now) => {
    const statement = statementOf(evidence);
    const institution = institutionOf(evidence, now);
    if (statement === undefined) return notApplicable(noStatement);
    if (institution === undefined) return notApplicable(noInstitution);
    if (homeCountry(institution) === hostCountry) return notApplicable('the bank is in the home country');
    const authorised = rolesForServices(institution, homeCountry(institution));
    const roles = tppRolesOf(statement.roles).filter((role) => authorised.includes(role));
    if (roles.length === 0) return notApplicable('no authorised role');
    const notified = rolesForServices(institution, hostCountry);
    const found = `notified for ${hostCountry}: ${notified.join(', ') || 'none'}`;
    if (roles.every((role) => notified.includes(role))) return pass(found, roles.join(', '));
    const remedy = 'Ask your authority whether it has notified the services for this country.';
    const refused = passporting === 'refuse' && !roles.some((role) => notified.includes(role));
    return refused ? fail(found, roles.join(', '), remedy) : warn(found, roles.join(', '), remedy);
  },
};
