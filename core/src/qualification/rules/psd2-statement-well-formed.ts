import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

const expected = 'PSD2QcType: SEQUENCE { SEQUENCE OF SEQUENCE { oid, name }, nCAName, nCAId }';

/** Flat roles, the commonest mistake, are named as such in `found`: a lenient reader would see the first role only. */
export const psd2StatementWellFormed: Rule = {
  id: 'psd2.statement-well-formed',
  layer: 'profile',
  title: 'The PSD2 statement has its prescribed form',
  clause: 'ETSI TS 119 495 v1.8.1, 5.1',
  refusal: 'CERTIFICATE_INVALID',
  judge: ({ certificate: { qcStatements } }) => {
    if (qcStatements.psd2.length === 0) return notApplicable('no PSD2 statement');
    const faults = qcStatements.psd2.flatMap(({ malformed }) => malformed ?? []);
    if (faults.length === 0) return pass('well-formed', expected);
    return fail(
      faults.join('; '),
      expected,
      'Ask your QTSP for a certificate whose PSD2 statement follows the standard.',
    );
  },
};
