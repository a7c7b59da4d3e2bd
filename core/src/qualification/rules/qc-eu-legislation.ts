import { oid } from '../../certificate/object-identifiers.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

const expected = 'no statement QcCClegislation';

export const qcEuLegislation: Rule = {
  id: 'qc.eu-legislation',
  layer: 'profile',
  title: 'The certificate is qualified under the law of the EU',
  clause: 'ETSI EN 319 412-5 v2.6.1, 4.2.4',
  refusal: 'CERTIFICATE_WRONG_TYPE',
  judge: ({ certificate: { qcStatements } }) => {
    if (!qcStatements.present) return notApplicable('no qcStatements extension');
    if (!qcStatements.identifiers.includes(oid.qcLegislation)) return pass('no QcCClegislation', expected);
    return fail(
      'QcCClegislation: qualified under the law of another country',
      expected,
      'Use a certificate qualified in the EU.',
    );
  },
};
