import { renderName } from '../../certificate/render-name.js';
import { pathOf } from '../reading/path-of.js';
import { revocationStandingsOf } from '../reading/revocation-standings-of.js';
import { renderTime } from '../render-time.js';
import type { Rule } from '../rule.js';
import { indeterminate, notApplicable, pass, warn } from '../verdict.js';

const expected = 'a usable answer "good" for every certificate below the trust service';

/**
 * An OCSP answer "unknown" is not good (C27); a fresh CRL can stand in for a responder that does not answer (C28). An answer that
 * counts by the policy's grace alone is worth a warning: nobody answers any more, and access ends with the grace (C29).
 */
export const revocationStatusKnown: Rule = {
  id: 'revocation.status-known',
  layer: 'revocation',
  title: 'The revocation status is known',
  clause: 'RFC 6960, 3.2 and 4.2.2; RFC 5280, 6.3.3',
  refusal: 'CERTIFICATE_STATUS_UNKNOWN',
  judge: (evidence, policy, now) => {
    if (pathOf(evidence) === undefined) return notApplicable('no issuer to believe about it');
    const remedy = 'Try again later. If it lasts, ask your QTSP whether its OCSP responder and CRL answer.';
    const standings = revocationStandingsOf(evidence, policy, now);
    if (standings.length === 0)
      return indeterminate('the path has no certificate below the trust service', expected, remedy);
    const unknown = standings.find(({ state }) => state === 'unknown');
    if (unknown !== undefined)
      return indeterminate(`${renderName(unknown.certificate.subject)}: ${unknown.detail}`, expected, remedy);
    if (standings.some(({ state }) => state === 'revoked')) return notApplicable('known: revoked');
    const lapsed = standings.find(({ graceSince }) => graceSince !== undefined);
    if (lapsed?.graceSince !== undefined && lapsed.until !== undefined) {
      const found = `${renderName(lapsed.certificate.subject)}: ${lapsed.detail}, an answer that ended at ${renderTime(lapsed.graceSince)} and counts until ${renderTime(lapsed.until)}`;
      return warn(found, expected, remedy);
    }
    return pass(standings.map(({ detail }) => detail).join('; '), expected);
  },
};
