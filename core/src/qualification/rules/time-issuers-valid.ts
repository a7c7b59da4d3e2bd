import { renderName } from '../../certificate/render-name.js';
import { pathOf } from '../reading/path-of.js';
import { renderTime } from '../render-time.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

const expected = 'every issuer on the path within its validity';

export const timeIssuersValid: Rule = {
  id: 'time.issuers-valid',
  layer: 'time',
  title: 'The issuers on the path are within their validity',
  clause: 'RFC 5280, 6.1.3 (a)(2)',
  refusal: 'CERTIFICATE_INVALID',
  judge: (evidence, { clockSkewSeconds }, now) => {
    const path = pathOf(evidence);
    if (path === undefined) return notApplicable('no path to judge');
    const latestStart = now.getTime() + clockSkewSeconds * 1000;
    const second = Math.floor(now.getTime() / 1000) * 1000;
    const issuers = path.certificates.slice(1);
    const outside = issuers.find(
      ({ notBefore, notAfter }) => notBefore.getTime() > latestStart || notAfter.getTime() < second,
    );
    if (outside === undefined) return pass(`${issuers.length} within their validity`, expected);
    const { subject, notBefore, notAfter } = outside;
    const found = `${renderName(subject)} is valid from ${renderTime(notBefore)} to ${renderTime(notAfter)}`;
    return fail(found, expected, 'Present a certificate that a current issuer signed.');
  },
};
