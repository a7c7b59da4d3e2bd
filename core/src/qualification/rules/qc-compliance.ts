import { oid } from '../../certificate/object-identifiers.js';
import { isSaidByLists } from '../reading/list-qualifiers-of.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

const expected = 'the statement QcCompliance';

/** Also the first to fail for an ordinary TLS certificate, which has no qcStatements at all (C7). */
export const qcCompliance: Rule = {
  id: 'qc.compliance',
  layer: 'profile',
  title: 'The certificate claims to be an EU qualified certificate',
  clause: 'ETSI EN 319 412-5 v2.6.1, 4.2.1',
  refusal: 'CERTIFICATE_WRONG_TYPE',
  judge: (evidence, _policy, now) => {
    const { qcStatements } = evidence.certificate;
    if (qcStatements.identifiers.includes(oid.qcCompliance)) return pass('QcCompliance', expected);
    if (qcStatements.malformed !== undefined) return notApplicable('the qcStatements cannot be read');
    if (isSaidByLists(evidence, now, ({ qualified }) => qualified === true))
      return pass('the trusted list says so (QCStatement)', expected);
    const found = qcStatements.present ? 'no QcCompliance among the statements' : 'no qcStatements extension';
    return fail(found, expected, 'Use a qualified certificate with the PSD2 profile.');
  },
};
