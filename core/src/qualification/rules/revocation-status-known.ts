import { renderName } from '../../certificate/render-name.js';
import { pathOf } from '../reading/path-of.js';
import { revocationStandingsOf } from '../reading/revocation-standings-of.js';
import type { Rule } from '../rule.js';
import { indeterminate, notApplicable, pass } from '../verdict.js';

const expected = 'a usable answer "good" for every certificate below the trust service';

/** An OCSP answer "unknown" is not good (C27); a fresh CRL can stand in for a responder that does not answer (C28). */
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
    return pass(standings.map(({ detail }) => detail).join('; '), expected);
  },
};
