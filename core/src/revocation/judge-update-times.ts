import type { StatusTimes } from './revocation-status.js';

/** Why an answer does not count now by its thisUpdate and nextUpdate (RFC 6960 clause 4.2.2.1, RFC 5280 clause 6.3.3); undefined if it does. */
export function judgeUpdateTimes(
  thisUpdate: Date,
  nextUpdate: Date | undefined,
  times: StatusTimes,
): string | undefined {
  const now = times.now.getTime();
  const graceMs = (times.graceSeconds ?? 0) * 1000;
  if (thisUpdate.getTime() > now + times.clockSkewSeconds * 1000) {
    return `its thisUpdate ${thisUpdate.toISOString()} is in the future`;
  }
  if (nextUpdate === undefined) {
    const end = thisUpdate.getTime() + times.statusMaxAgeSeconds * 1000;
    return end + graceMs > now ? undefined : `it has no nextUpdate and is older than ${times.statusMaxAgeSeconds} s`;
  }
  if (nextUpdate < thisUpdate) {
    return 'its nextUpdate is before its thisUpdate';
  }
  return nextUpdate.getTime() + graceMs > now ? undefined : `its nextUpdate ${nextUpdate.toISOString()} has passed`;
}
