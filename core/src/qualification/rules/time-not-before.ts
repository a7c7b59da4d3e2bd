import { renderTime } from '../render-time.js';
import type { Rule } from '../rule.js';
import { fail, pass } from '../verdict.js';

/** The tolerated skew is for our own clock running behind (C4, C5); it never prolongs a validity. */
export const timeNotBefore: Rule = {
  id: 'time.not-before',
  layer: 'time',
  title: 'The certificate is already valid',
  clause: 'RFC 5280, 4.1.2.5',
  refusal: 'CERTIFICATE_INVALID',
  judge: ({ certificate: { notBefore } }, { clockSkewSeconds }, now) => {
    const found = `valid from ${renderTime(notBefore)}`;
    const expected = `not later than ${renderTime(now)}, give or take ${clockSkewSeconds} s`;
    if (notBefore.getTime() <= now.getTime() + clockSkewSeconds * 1000) return pass(found, expected);
    return fail(found, expected, 'Wait until the certificate is valid, or present one that is.');
  },
};
