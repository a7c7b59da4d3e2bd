import { Refusal } from '@postern/core/refusal/refusal.js';
import { insertAuditEvents } from '../audit/audit-event.js';
import { finishAuthorizationRequest } from '../store/authorization-requests.js';
import { type Flow, flowEvent, notFound, type Step } from './authorization-flow.js';
import { type ReturnedError, renderErrorReturn, toReturnedError } from './authorization-response.js';
import { organizationBlocked } from './start-authorization.js';

/** Why an authorization ends without a code. */
export type Ending = 'refused' | 'timed-out' | 'too-many-failures' | 'organization-blocked';

const descriptions = {
  refused: 'The user refused.',
  'timed-out': 'The user did not answer in time.',
  'too-many-failures': 'The sign-in failed too often and is blocked for a while.',
} as const;

/**
 * Ends an authorization and sends the PSU back to the third party with an error, always (RFC 6749 section 4.1.2.1).
 * Throws `Refusal` AUTHORIZATION_NOT_FOUND when another answer came first.
 */
export async function endAuthorization(flow: Flow, ending: Ending): Promise<Step> {
  const { settings, request, now } = flow;
  const returned = describeEnding(ending);
  await settings.database.transaction(async (sql) => {
    if (!(await finishAuthorizationRequest(sql, request, now))) throw notFound();
    await insertAuditEvents(sql, [
      flowEvent(flow, {
        kind: ending === 'refused' ? 'consent-refused' : 'authorization-ended',
        outcome: ending === 'refused' ? 'done' : 'refused',
        code: returned.code,
        detail: { reason: ending, stage: request.stage },
      }),
    ]);
  });
  const place = { redirectUri: request.redirectUri, state: request.state, issuer: settings.realm.issuer };
  return { next: 'return', location: renderErrorReturn(place, returned) };
}

function describeEnding(ending: Ending): ReturnedError {
  return ending === 'organization-blocked'
    ? organizationBlocked()
    : toReturnedError(new Refusal('ACCESS_DENIED', descriptions[ending]));
}
