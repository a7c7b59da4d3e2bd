import { noStatement, statementOf } from '../reading/statement-of.js';
import type { Rule } from '../rule.js';
import { notApplicable, pass, warn } from '../verdict.js';

const expected = 'the name of the authority in Latin letters';

/** Latin, not ASCII: "Banco de España". The name is never compared with anything, so that no access hangs on it. */
export const psd2NcaNameLatin: Rule = {
  id: 'psd2.nca-name-latin',
  layer: 'profile',
  title: 'The NCAName is written in the Latin alphabet',
  clause: 'ETSI TS 119 495 v1.8.1, 5.2.3 (GEN-5.2.3-1)',
  refusal: 'CERTIFICATE_INVALID',
  judge: (evidence) => {
    const statement = statementOf(evidence);
    if (statement === undefined) return notApplicable(noStatement);
    const found = JSON.stringify(statement.ncaName);
    const latin = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u.test(statement.ncaName);
    return latin ? pass(found, expected) : warn(found, expected, 'Tell your QTSP before the certificate is renewed.');
  },
};
