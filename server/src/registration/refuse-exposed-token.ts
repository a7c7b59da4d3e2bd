import { Refusal } from '@postern/core/refusal/refusal.js';
import { insertAuditEvents } from '../audit/audit-event.js';
import { endRegistrationToken } from '../store/client-tokens.js';
import { insertNotice } from '../store/notices.js';
import type { Asking } from './count-request.js';
import { hashToken } from './registration-token.js';

/** The token in the query of a target (RFC 6750 section 2.3), if there is one. */
export function readExposedToken(target: string): string | undefined {
  const at = target.indexOf('?');
  return (at < 0 ? undefined : new URLSearchParams(target.slice(at)).get('access_token')) ?? undefined;
}

/**
 * Refuses a token in an address, where logs on the way keep it. One of this organisation's that lives is known to others from there on: it
 * ends, and its client is told. Throws Refusal OAUTH_REQUEST_INVALID.
 */
export async function refuseExposedToken(
  { correlationId }: { readonly correlationId: string },
  asking: Asking,
  token: string,
): Promise<never> {
  const { realm, dependencies, peer, now } = asking;
  const { identifier } = peer.organization;
  const isEnded = await dependencies.database.transaction(async (sql) => {
    const clientId = await endRegistrationToken(
      sql,
      { tokenHash: hashToken(token), organizationIdentifier: identifier },
      now,
    );
    if (clientId === undefined) return false;
    await insertAuditEvents(sql, [
      {
        at: now,
        kind: 'registration-token-exposed',
        outcome: 'refused',
        code: 'OAUTH_REQUEST_INVALID',
        brand: realm.brand.id,
        environment: realm.environment,
        organizationIdentifier: identifier,
        clientId,
        thumbprint: peer.certificate.thumbprint,
        decisionId: peer.decision.id,
        correlationId,
      },
    ]);
    const notice = { clientId, kind: 'token-exposed', at: now, detail: {} } as const;
    await insertNotice(sql, notice, dependencies.presentation.channels);
    return true;
  });
  const ended = isEnded
    ? ' It has ended: get another by POST to the address of the registration followed by /token.'
    : '';
  throw new Refusal(
    'OAUTH_REQUEST_INVALID',
    `The registration access token stood in the address, which logs on the way keep; send it as Authorization: Bearer.${ended}`,
  );
}
