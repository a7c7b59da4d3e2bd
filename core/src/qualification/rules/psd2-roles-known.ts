import { pspRoleNames } from '../psp-roles.js';
import { noStatement, statementOf } from '../reading/statement-of.js';
import type { Rule } from '../rule.js';
import { notApplicable, pass, warn } from '../verdict.js';

const expected = 'roles of the standard';

/** Recognised bodies may register other roles: they are told and grant nothing (C16). */
export const psd2RolesKnown: Rule = {
  id: 'psd2.roles-known',
  layer: 'profile',
  title: 'All roles are known',
  clause: 'ETSI TS 119 495 v1.8.1, 5.2.2 (GEN-5.2.2-4)',
  refusal: 'ROLE_INVALID',
  judge: (evidence) => {
    const statement = statementOf(evidence);
    if (statement === undefined) return notApplicable(noStatement);
    const unknown = statement.roles.filter(({ oid }) => !pspRoleNames.has(oid));
    if (unknown.length === 0) return pass(`${statement.roles.length} roles`, expected);
    const found = unknown.map(({ oid, name }) => `${oid} ${JSON.stringify(name)}`).join(', ');
    return warn(found, expected, 'Nothing, unless you count on this role: it opens nothing here.');
  },
};
