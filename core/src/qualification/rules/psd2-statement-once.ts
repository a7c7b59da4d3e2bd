import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

const expected = 'one PSD2 statement';

/** Of two statements with different roles nobody may choose (C23). */
export const psd2StatementOnce: Rule = {
  id: 'psd2.statement-once',
  layer: 'profile',
  title: 'There is one PSD2 statement only',
  clause: 'ETSI TS 119 495 v1.8.1, 5.1',
  refusal: 'CERTIFICATE_INVALID',
  judge: ({ certificate: { qcStatements } }) => {
    const count = qcStatements.psd2.length;
    if (count === 0) return notApplicable('no PSD2 statement');
    if (count === 1) return pass('one', expected);
    return fail(`${count} PSD2 statements`, expected, 'Ask your QTSP for a corrected certificate.');
  },
};
