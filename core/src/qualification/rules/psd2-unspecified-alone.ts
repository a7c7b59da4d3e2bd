import { oid } from '../../certificate/object-identifiers.js';
import { noStatement, statementOf } from '../reading/statement-of.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

const expected = 'named roles, or "Unspecified" as the only one';

export const psd2UnspecifiedAlone: Rule = {
  id: 'psd2.unspecified-alone',
  layer: 'profile',
  title: 'An unspecified role stands alone',
  clause: 'ETSI TS 119 495 v1.8.1, 5.2.2 (GEN-5.2.2-1)',
  refusal: 'CERTIFICATE_INVALID',
  judge: (evidence) => {
    const statement = statementOf(evidence);
    if (statement === undefined) return notApplicable(noStatement);
    const unspecified = statement.roles.some((role) => role.oid === oid.roleUnspecified);
    if (!unspecified || statement.roles.length === 1) return pass(unspecified ? 'alone' : 'named roles', expected);
    return fail(
      `"Unspecified" beside ${statement.roles.length - 1} more`,
      expected,
      'Ask your QTSP for a corrected certificate.',
    );
  },
};
