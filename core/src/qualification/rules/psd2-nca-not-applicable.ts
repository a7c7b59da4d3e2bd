import { isPublicBody } from '../psp-roles.js';
import { noStatement, statementOf } from '../reading/statement-of.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

/** "NA" is what international central banks and public authorities write, and nobody else may. */
export const psd2NcaNotApplicable: Rule = {
  id: 'psd2.nca-not-applicable',
  layer: 'profile',
  title: 'NCAName and NCAId are "NA" for international public bodies only',
  clause: 'ETSI TS 119 495 v1.8.1, 5.2.3 (GEN-5.2.3-1A, GEN-5.2.3-5)',
  refusal: 'CERTIFICATE_INVALID',
  judge: (evidence) => {
    const statement = statementOf(evidence);
    if (statement === undefined) return notApplicable(noStatement);
    const publicBody = isPublicBody(statement.roles);
    const values = [statement.ncaName, statement.ncaId];
    const found = `NCAName ${JSON.stringify(statement.ncaName)}, NCAId ${JSON.stringify(statement.ncaId)}`;
    const expected = publicBody ? '"NA" in both' : 'a competent authority in both';
    if (values.every((value) => (value === 'NA') === publicBody)) return pass(found, expected);
    return fail(found, expected, 'Ask your QTSP for a corrected certificate.');
  },
};
