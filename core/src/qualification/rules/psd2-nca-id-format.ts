import { noStatement, statementOf } from '../reading/statement-of.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

const expected = 'country, hyphen, 2 to 8 letters: "FR-ACPR"';

export const psd2NcaIdFormat: Rule = {
  id: 'psd2.nca-id-format',
  layer: 'profile',
  title: 'The NCAId has its prescribed form',
  clause: 'ETSI TS 119 495 v1.8.1, 5.2.3 (GEN-5.2.3-2)',
  refusal: 'CERTIFICATE_INVALID',
  judge: (evidence) => {
    const statement = statementOf(evidence);
    if (statement === undefined) return notApplicable(noStatement);
    if (statement.ncaId === 'NA') return notApplicable('"NA" has a rule of its own');
    const found = JSON.stringify(statement.ncaId);
    if (/^[A-Z]{2}-[A-Z]{2,8}$/.test(statement.ncaId)) return pass(found, expected);
    return fail(
      `${found}${mistakeIn(statement.ncaId)}`,
      expected,
      'Ask your QTSP for a certificate with the NCAId of the EBA list.',
    );
  },
};

/** Names the mistakes that are met in the wild. */
function mistakeIn(ncaId: string): string {
  if (/^[a-z]{2}-[a-z]{2,8}$/i.test(ncaId)) return ', not in upper case';
  if (/^[A-Z]{3}-/.test(ncaId)) return ', the country with three letters';
  return ncaId.includes('-') ? '' : ', without a hyphen';
}
