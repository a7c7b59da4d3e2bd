import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

const expected = 'each ETSI statement once';

/** Two PSD2 statements have their own rule, which applies to certificates of any date. */
export const qcStatementsOnce: Rule = {
  id: 'qc.statements-once',
  layer: 'profile',
  title: 'No qualified statement is repeated',
  clause: 'ETSI EN 319 412-5 v2.6.1, 4.1 (QCS-4.1-02A)',
  effective: '2026-06-01',
  refusal: 'CERTIFICATE_INVALID',
  judge: ({ certificate: { qcStatements } }) => {
    if (!qcStatements.present) return notApplicable('no qcStatements extension');
    const identifiers = qcStatements.identifiers.filter((id) => id.startsWith('0.4.0.1862.'));
    const repeated = identifiers.find((id, i) => identifiers.indexOf(id) !== i);
    if (repeated === undefined) return pass('no repeats', expected);
    return fail(`${repeated} more than once`, expected, 'Ask your QTSP for a corrected certificate.');
  },
};
