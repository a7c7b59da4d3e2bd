import { insertAuditEvents } from '../audit/audit-event.js';
import type { Sql } from '../store/database.js';
import { endGrant, type GrantEnd } from '../store/grants.js';
import type { TokenContext } from './token-context.js';

/** Ends a grant with all its tokens because one of its secrets was used twice (RFC 9700 section 4.14.2). */
export async function endReplayedGrant(
  sql: Sql,
  context: TokenContext,
  replay: { readonly grantId: string; readonly reason: GrantEnd },
): Promise<void> {
  const { realm, client, peer, now, correlationId } = context;
  const ended = await endGrant(sql, { id: replay.grantId, reason: replay.reason, at: now });
  if (!ended) return;
  await insertAuditEvents(sql, [
    {
      at: now,
      kind: 'grant-ended',
      outcome: 'done',
      brand: realm.brand.id,
      environment: realm.environment,
      organizationIdentifier: peer.organization.identifier,
      clientId: client.clientId,
      thumbprint: peer.certificate.thumbprint,
      correlationId,
      detail: { grant: replay.grantId, reason: replay.reason },
    },
  ]);
}
