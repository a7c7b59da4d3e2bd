import { noStatement, statementOf } from '../reading/statement-of.js';
import type { Rule } from '../rule.js';
import { notApplicable, pass, warn } from '../verdict.js';

const expected = 'every text a UTF8String';

/** A wrong string type is met in the wild and changes no meaning: it is told, not refused. */
export const psd2TextEncodings: Rule = {
  id: 'psd2.text-encodings',
  layer: 'profile',
  title: 'The texts of the PSD2 statement are UTF8Strings',
  clause: 'ETSI TS 119 495 v1.8.1, 5.1',
  refusal: 'CERTIFICATE_INVALID',
  judge: (evidence) => {
    const statement = statementOf(evidence);
    if (statement === undefined) return notApplicable(noStatement);
    if (statement.encodingFaults.length === 0) return pass('UTF8Strings', expected);
    return warn(statement.encodingFaults.join('; '), expected, 'Tell your QTSP before the certificate is renewed.');
  },
};
