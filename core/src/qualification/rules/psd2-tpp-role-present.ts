import { tppRolesOf } from '../psp-roles.js';
import { noStatement, statementOf } from '../reading/statement-of.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

const expected = 'at least one of PSP_PI, PSP_AI, PSP_IC';

/** An empty list (C14), "Unspecified", a bank that is only an ASPSP (C17) and verification of payee open no interface. */
export const psd2TppRolePresent: Rule = {
  id: 'psd2.tpp-role-present',
  layer: 'profile',
  title: 'The certificate carries a role of a TPP',
  clause: 'ETSI TS 119 495 v1.8.1, 5.2.2 (GEN-5.2.2-1)',
  refusal: 'ROLE_INVALID',
  judge: (evidence) => {
    const statement = statementOf(evidence);
    if (statement === undefined) return notApplicable(noStatement);
    const roles = tppRolesOf(statement.roles);
    if (roles.length > 0) return pass(roles.join(', '), expected);
    const found = statement.roles.map(({ name }) => JSON.stringify(name)).join(', ') || 'an empty list of roles';
    return fail(found, expected, 'Use a certificate that carries the role you act in.');
  },
};
