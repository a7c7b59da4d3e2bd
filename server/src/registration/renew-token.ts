import { insertAuditEvents } from '../audit/audit-event.js';
import { insertDecision } from '../audit/insert-decision.js';
import { admitPeer } from '../decision.js';
import type { Realm } from '../realm.js';
import { endRegistrationTokens, insertRegistrationToken } from '../store/client-tokens.js';
import { type Asking, countRequest } from './count-request.js';
import type { RegistrationDependencies } from './dependencies.js';
import { findRegistration, type ManagementCall } from './find-registration.js';
import { insertCertificates } from './insert-certificates.js';
import { eventOf, lockRegistration } from './record-update.js';
import { issueRegistrationToken } from './registration-token.js';
import { clientUriOf } from './render-registration.js';

/**
 * Issues a registration access token to the certificate of the organisation alone: where the brand asks for the token, who has
 * lost it is not locked out. The older ones end where the brand rotates tokens. Throws the Refusals of `findRegistration`.
 */
export async function renewToken(
  call: ManagementCall,
  realm: Realm,
  dependencies: RegistrationDependencies,
): Promise<Readonly<Record<string, unknown>>> {
  return admitPeer(dependencies.judge, call.presented, async (peer) => {
    const asking: Asking = { realm, peer, dependencies, now: dependencies.clock() };
    const found = await findRegistration(call, asking, { byCertificateAlone: true });
    await countRequest(asking, 'updates');
    const { token, tokenHash } = issueRegistrationToken(dependencies.randomBytes);
    const { clientId } = found.client;
    await dependencies.database.transaction(async (sql) => {
      await insertCertificates(sql, asking);
      await lockRegistration(sql, asking, { call: { ...call, ifMatch: undefined }, found, purpose: 'change' });
      if (dependencies.policy.tokenRotation === 'on-update') await endRegistrationTokens(sql, clientId, asking.now);
      await insertRegistrationToken(sql, { clientId, tokenHash, issuedAt: asking.now });
      await insertDecision(sql, peer.decision);
      await insertAuditEvents(sql, [eventOf(asking, call, 'registration-token-issued')]);
    });
    return {
      client_id: clientId,
      registration_client_uri: clientUriOf(found.client, realm),
      registration_access_token: token,
    };
  });
}
