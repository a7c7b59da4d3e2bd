import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

const expected = 'the statement 0.4.0.19495.2';

/** C13 */
export const psd2StatementPresent: Rule = {
  id: 'psd2.statement-present',
  layer: 'profile',
  title: 'The certificate carries the PSD2 statement',
  clause: 'ETSI TS 119 495 v1.8.1, 5.1 (GEN-5.1-1)',
  refusal: 'CERTIFICATE_INVALID',
  judge: ({ certificate: { qcStatements } }) => {
    if (qcStatements.psd2.length > 0) return pass('present', expected);
    if (!qcStatements.present) return notApplicable('no qcStatements extension');
    if (qcStatements.malformed !== undefined) return notApplicable('the qcStatements cannot be read');
    return fail(
      `none among ${qcStatements.identifiers.join(', ')}`,
      expected,
      'Ask your QTSP for a certificate with the PSD2 profile.',
    );
  },
};
