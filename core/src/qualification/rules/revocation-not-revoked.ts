import { renderName } from '../../certificate/render-name.js';
import { pathOf } from '../reading/path-of.js';
import { revocationStandingsOf } from '../reading/revocation-standings-of.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

const expected = 'no certificate below the trust service revoked or on hold';

/** Revoked in one answer is revoked, whatever another says (C26, C38). */
export const revocationNotRevoked: Rule = {
  id: 'revocation.not-revoked',
  layer: 'revocation',
  title: 'No certificate on the path is revoked',
  clause: 'RFC 5280, 6.3; RFC 6960, 2.2',
  refusal: 'CERTIFICATE_REVOKED',
  judge: (evidence, policy, now) => {
    if (pathOf(evidence) === undefined) return notApplicable('no issuer to believe about it');
    const revoked = revocationStandingsOf(evidence, policy, now).find(({ state }) => state === 'revoked');
    if (revoked === undefined) return pass('no revocation', expected);
    const found = `${renderName(revoked.certificate.subject)}: ${revoked.detail}`;
    return fail(
      found,
      expected,
      'Present another certificate of the same organisation; your registration stays as it is.',
    );
  },
};
