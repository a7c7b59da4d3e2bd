import { insertAuditEvents } from '../audit/audit-event.js';
import { insertDecision } from '../audit/insert-decision.js';
import { admitPeer } from '../decision.js';
import type { Realm } from '../realm.js';
import { finishRequestsOfClient } from '../store/authorization-requests.js';
import { endRegistrationTokens } from '../store/client-tokens.js';
import { endClient } from '../store/clients.js';
import type { Sql } from '../store/database.js';
import { endGrantsOfClient } from '../store/grants.js';
import { releaseUnusedClaims } from '../store/name-claims.js';
import { type Asking, countRequest } from './count-request.js';
import type { RegistrationDependencies } from './dependencies.js';
import { type FoundRegistration, findRegistration, type ManagementCall } from './find-registration.js';
import { insertCertificates } from './insert-certificates.js';
import { eventOf, lockRegistration } from './record-update.js';

export interface EndCall extends ManagementCall {
  readonly ifMatch: string | undefined;
}

/**
 * Ends a registration (RFC 7592 section 2.3) with its grants, codes, tokens and pending authorizations, in one transaction; the
 * audit is kept. Throws the Refusals of `findRegistration`, and PRECONDITION_FAILED.
 */
export async function endRegistration(
  call: EndCall,
  realm: Realm,
  dependencies: RegistrationDependencies,
): Promise<void> {
  return admitPeer(dependencies.judge, call.presented, async (peer) => {
    const asking: Asking = { realm, peer, dependencies, now: dependencies.clock() };
    const found = await findRegistration(call, asking);
    await countRequest(asking, 'updates');
    await dependencies.database.transaction((sql) => end(sql, asking, { call, found }));
    dependencies.onClientChanged(found.client.clientId);
  });
}

async function end(
  sql: Sql,
  asking: Asking,
  { call, found }: { readonly call: EndCall; readonly found: FoundRegistration },
): Promise<void> {
  const { now, peer } = asking;
  const { clientId } = found.client;
  await insertCertificates(sql, asking);
  // Before the client is locked: a consent that is being given holds its request and waits for the client.
  const authorizations = await finishRequestsOfClient(sql, clientId, now);
  const client = await lockRegistration(sql, asking, { call, found, purpose: 'end' });
  const grants = await endGrantsOfClient(sql, clientId, now);
  await endRegistrationTokens(sql, clientId, now);
  await endClient(sql, clientId, now);
  await releaseUnusedClaims(sql, peer.organization.identifier);
  await insertDecision(sql, peer.decision);
  const detail = { authorizations, grants, kids: client.keys.map(({ kid }) => kid), scope: client.metadata.scope };
  await insertAuditEvents(sql, [{ ...eventOf(asking, call, 'registration-ended'), detail }]);
}
