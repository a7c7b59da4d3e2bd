import { nextAuthorisationChange } from '../register/authorisation-status.js';
import type { Evidence, QualificationPolicy } from './evidence.js';
import { correctionsOf, institutionOf } from './reading/institutions-of.js';
import { pathOf } from './reading/path-of.js';
import { revocationStandingsOf } from './reading/revocation-standings-of.js';

/**
 * Until when a positive verdict holds if no input changes: the earliest end of a certificate on the path, of the grace of
 * a trusted list, of a status answer that was relied on, of an entry of another source or of the register's age, or the next
 * change announced on a trusted list or in the register.
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
  const institution = institutionOf(evidence, now);
  const change = institution === undefined ? undefined : nextAuthorisationChange(institution.authorisationDates, now);
  const registerEnds = [change, ...correctionsOf(evidence).map(({ expires }) => expires), registerEnd(evidence, policy)]
    .flatMap((end) => end?.getTime() ?? [])
    .filter((end) => end > now.getTime());
  return new Date(Math.min(...certificateEnds, ...listEnds, ...announced, ...answerEnds, ...registerEnds));
}

/** When the register will be too old to judge by. */
function registerEnd({ register }: Evidence, { registerMaxAgeSeconds }: QualificationPolicy): Date | undefined {
  if (!register.available || registerMaxAgeSeconds === undefined) return undefined;
  return new Date(register.publishedAt.getTime() + registerMaxAgeSeconds * 1000);
}
