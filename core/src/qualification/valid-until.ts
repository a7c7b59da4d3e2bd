import { nextAuthorisationChange } from '../register/authorisation-status.js';
import type { Evidence, QualificationPolicy } from './evidence.js';
import { institutionOf } from './reading/institutions-of.js';
import { pathOf } from './reading/path-of.js';
import { revocationStandingsOf } from './reading/revocation-standings-of.js';

/**
 * Until when a positive verdict holds if no input changes: the earliest end of a certificate on the path, of the grace of
 * a trusted list, of a status answer that was relied on, or the next change announced on a trusted list or in the register.
 */
export function validUntil(evidence: Evidence, policy: QualificationPolicy, now: Date): Date {
  const path = pathOf(evidence);
  const certificateEnds = [evidence.certificate, ...(path?.certificates ?? [])].map(({ notAfter }) =>
    notAfter.getTime(),
  );
  const lists = evidence.trust.available ? evidence.trust.lists : [];
  const listEnds = lists.flatMap(({ nextUpdate }) =>
    nextUpdate === undefined ? [] : nextUpdate.getTime() + policy.staleListGraceSeconds * 1000,
  );
  const statuses = (path?.services ?? []).flatMap((service) => service.statuses);
  const announced = statuses.map(({ startingAt }) => startingAt.getTime()).filter((start) => start > now.getTime());
  const answerEnds = revocationStandingsOf(evidence, policy, now).flatMap(({ until }) => until?.getTime() ?? []);
  const institution = institutionOf(evidence);
  const change = institution === undefined ? undefined : nextAuthorisationChange(institution.authorisationDates, now);
  return new Date(
    Math.min(...certificateEnds, ...listEnds, ...announced, ...answerEnds, ...(change ? [change.getTime()] : [])),
  );
}
