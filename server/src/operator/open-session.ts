import { insertAuditEvents } from '../audit/audit-event.js';
import { keyedText } from '../http/keyed-text.js';
import { createSecret, hashSecret } from '../http/secret.js';
import { endOperatorSession, insertOperatorSession } from '../store/operator-sessions.js';
import { createUuid } from '../store/uuid.js';
import type { Operator } from './admit-operator.js';
import type { ProviderTokens } from './identity-provider.js';
import type { OperatorSettings } from './operator-settings.js';
import { sealTokens } from './seal-tokens.js';

/** One request at the console, and where it comes from. */
export interface ConsoleCall {
  readonly now: Date;
  readonly correlationId: string;
  readonly caller: Caller;
}

/** The browser that asks, as far as it shows itself. */
export interface Caller {
  /** The address of the connection; of IPv6 the network. */
  readonly source: string;
  readonly userAgent: string;
}

export interface SessionCall extends ConsoleCall {
  /** The secret of the session that the browser has before; it ends. */
  readonly secretBefore: string | undefined;
}

/** Who enters, and what the identity provider gave to ask it with; nothing where there is none. */
export interface Entrant extends Operator {
  readonly issuer: string;
  readonly tokens: ProviderTokens | undefined;
}

/** Opens a session under a new secret, whatever the browser had before; answers the secret, of which the hash is kept. */
export async function openSession(
  { database, sessionSeconds }: Pick<OperatorSettings, 'database' | 'sessionSeconds'>,
  { tokens, ...operator }: Entrant,
  { now, correlationId, caller, secretBefore }: SessionCall,
): Promise<string> {
  const secret = createSecret();
  const id = createUuid(now);
  const session = {
    ...operator,
    id,
    boundTo: bindTo(caller, secret),
    startedAt: now,
    expiresAt: new Date(now.getTime() + sessionSeconds * 1_000),
    rightsAskedAt: now,
    tokensSealed: tokens && sealTokens(tokens, { secret, sessionId: id }),
  };
  const { subject, name, issuer, roles } = operator;
  await database.transaction(async (sql) => {
    if (secretBefore !== undefined) await endOperatorSession(sql, hashSecret(secretBefore), now);
    await insertOperatorSession(sql, session, hashSecret(secret));
    await insertAuditEvents(sql, [
      {
        at: now,
        kind: 'operator-signed-in',
        outcome: 'done',
        correlationId,
        detail: { session: id, by: subject, name, issuer, roles },
      },
    ]);
  });
  return secret;
}

/** What a session is bound to: its cookie is nothing at another address or in another browser. Tells neither to who does not know the secret. */
export function bindTo({ source, userAgent }: Caller, secret: string): string {
  return keyedText(secret, `browser ${source}\n${userAgent}`);
}

/** Why a session ended before its time: the right is gone, the provider takes its tokens no more, or another browser had its cookie. */
export type EndReason = 'withdrawn' | 'expired' | 'moved';

/** Ends the session of a browser, for good: its person has left, or has to. */
export async function endSession(
  { database }: Pick<OperatorSettings, 'database'>,
  secret: string,
  { now, correlationId, why }: Pick<ConsoleCall, 'now' | 'correlationId'> & { readonly why?: EndReason },
): Promise<void> {
  await database.transaction(async (sql) => {
    const ended = await endOperatorSession(sql, hashSecret(secret), now);
    if (ended === undefined) return;
    const { id: session, subject: by } = ended;
    const event = { at: now, correlationId, detail: { session, by, ...(why === undefined ? {} : { why }) } };
    await insertAuditEvents(sql, [
      why === undefined
        ? { ...event, kind: 'operator-signed-out', outcome: 'done' }
        : { ...event, kind: 'operator-session-ended', outcome: 'refused', code: 'OPERATOR_NOT_ADMITTED' },
    ]);
  });
}
