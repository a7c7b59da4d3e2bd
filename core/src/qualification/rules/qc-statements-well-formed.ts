import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

const expected = 'a SEQUENCE OF QCStatement';

export const qcStatementsWellFormed: Rule = {
  id: 'qc.statements-well-formed',
  layer: 'profile',
  title: 'The qcStatements extension can be read',
  clause: 'RFC 3739, 3.2.6',
  refusal: 'CERTIFICATE_INVALID',
  judge: ({ certificate: { qcStatements } }) => {
    if (!qcStatements.present) return notApplicable('no qcStatements extension');
    if (qcStatements.malformed === undefined) return pass(`${qcStatements.identifiers.length} statements`, expected);
    return fail(
      qcStatements.malformed,
      expected,
      'Ask your QTSP for a certificate with a correct qcStatements extension.',
    );
  },
};
