import { renderTime } from '../render-time.js';
import type { Rule } from '../rule.js';
import { fail, pass } from '../verdict.js';

/** Validity includes the whole second of notAfter, which has no fractions (RFC 5280, 4.1.2.5.2); no skew is granted (C3). */
export const timeNotExpired: Rule = {
  id: 'time.not-expired',
  layer: 'time',
  title: 'The certificate has not expired',
  clause: 'RFC 5280, 4.1.2.5',
  refusal: 'CERTIFICATE_EXPIRED',
  judge: ({ certificate: { notAfter } }, _policy, now) => {
    const found = `valid until ${renderTime(notAfter)}`;
    const expected = `not earlier than ${renderTime(now)}`;
    if (Math.floor(now.getTime() / 1000) * 1000 <= notAfter.getTime()) return pass(found, expected);
    return fail(found, expected, 'Present a renewed certificate of the same organisation.');
  },
};
