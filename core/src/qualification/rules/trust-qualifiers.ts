import { listQualifiersOf } from '../reading/list-qualifiers-of.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

/** What the list says of a certificate prevails over what the certificate says of itself. */
export const trustQualifiers: Rule = {
  id: 'trust.qualifiers',
  layer: 'trust',
  title: 'The trusted list does not say that this certificate is none for this use',
  clause: 'ETSI TS 119 612 v2.4.1, 5.5.9.2; TS 119 615 v1.4.1, 4.4.4',
  refusal: 'CERTIFICATE_UNKNOWN_ISSUER',
  judge: (evidence, _policy, now) => {
    const expected = 'neither NotQualified nor another type, at issuance and now';
    const moments = listQualifiersOf(evidence, now);
    if (moments.length === 0) return notApplicable('no granted service');
    const found = [...new Set(moments.flatMap(({ names }) => names))].join(', ') || 'no qualifier applies';
    const against = moments.some(
      ({ qualified, type }) => qualified === false || (type !== undefined && type !== evidence.use),
    );
    if (against) return fail(found, expected, 'Ask your QTSP which of its certificates are qualified for this use.');
    return pass(found, expected);
  },
};
