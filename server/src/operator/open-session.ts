import { insertAuditEvents } from '../audit/audit-event.js';
import { createSecret, hashSecret } from '../http/secret.js';
import { endOperatorSession, insertOperatorSession } from '../store/operator-sessions.js';
import { createUuid } from '../store/uuid.js';
import type { Operator } from './admit-operator.js';
import type { OperatorSettings } from './operator-settings.js';

export interface SessionCall {
  readonly now: Date;
  readonly correlationId: string;
  /** The secret of the session that the browser has before; it ends. */
  readonly secretBefore: string | undefined;
}

/** Opens a session under a new secret, whatever the browser had before; answers the secret, of which the hash is kept. */
export async function openSession(
  { database, sessionSeconds }: Pick<OperatorSettings, 'database' | 'sessionSeconds'>,
  operator: Operator & { readonly issuer: string },
  { now, correlationId, secretBefore }: SessionCall,
): Promise<string> {
  const secret = createSecret();
  const { subject, name, roles, issuer } = operator;
  const session = { id: createUuid(now), subject, name, roles, startedAt: now };
  const expiresAt = new Date(now.getTime() + sessionSeconds * 1_000);
  await database.transaction(async (sql) => {
    if (secretBefore !== undefined) await endOperatorSession(sql, hashSecret(secretBefore), now);
    await insertOperatorSession(sql, { ...session, expiresAt }, hashSecret(secret));
    await insertAuditEvents(sql, [
      {
        at: now,
        kind: 'operator-signed-in',
        outcome: 'done',
        correlationId,
        detail: { session: session.id, by: subject, name, issuer, roles },
      },
    ]);
  });
  return secret;
}

/** Ends the session of a browser, for good. */
export async function endSession(
  { database }: Pick<OperatorSettings, 'database'>,
  secret: string,
  { now, correlationId }: Pick<SessionCall, 'now' | 'correlationId'>,
): Promise<void> {
  await database.transaction(async (sql) => {
    const ended = await endOperatorSession(sql, hashSecret(secret), now);
    if (ended === undefined) return;
    await insertAuditEvents(sql, [
      { at: now, kind: 'operator-signed-out', outcome: 'done', correlationId, detail: { by: ended.subject } },
    ]);
  });
}
