import { pspRoleNames } from '../psp-roles.js';
import { noStatement, statementOf } from '../reading/statement-of.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

/** The object identifier would decide, but a certificate that contradicts itself decides nothing (C15). */
export const psd2RoleNameMatchesOid: Rule = {
  id: 'psd2.role-name-matches-oid',
  layer: 'profile',
  title: 'Each role has the name that belongs to its OID',
  clause: 'ETSI TS 119 495 v1.8.1, 5.2.2 (REG-5.2.2-5)',
  refusal: 'CERTIFICATE_INVALID',
  judge: (evidence) => {
    const statement = statementOf(evidence);
    if (statement === undefined) return notApplicable(noStatement);
    const known = statement.roles.filter(({ oid }) => pspRoleNames.has(oid));
    if (known.length === 0) return notApplicable('no role of this standard');
    const wrong = known.filter(({ oid, name }) => pspRoleNames.get(oid) !== name);
    const expected = (wrong.length === 0 ? known : wrong)
      .map(({ oid }) => `${oid} ${pspRoleNames.get(oid)}`)
      .join(', ');
    if (wrong.length === 0) return pass(expected, expected);
    const found = wrong.map(({ oid, name }) => `${oid} ${JSON.stringify(name)}${remarkOn(name)}`).join(', ');
    return fail(found, expected, 'Ask your QTSP for a certificate whose role names and OIDs agree.');
  },
};

/** A name of another role and free text are both met in the wild: the first is a mistake that a reader by name would fall for. */
function remarkOn(name: string): string {
  const owner = [...pspRoleNames].find(([, known]) => known === name)?.[0];
  return owner === undefined ? ' (no name of the standard)' : ` (the name of ${owner})`;
}
