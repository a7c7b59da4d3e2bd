import { setTimeout } from 'node:timers/promises';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { insertAuditEvents } from '../audit/audit-event.js';
import { releaseLease, takeLease } from '../store/leases.js';
import { type OperatorSession, readOperatorSession, updateOperatorRights } from '../store/operator-sessions.js';
import { admitOperator } from './admit-operator.js';
import type { IdentityProvider, ProviderAnswer } from './identity-provider.js';
import { type EndReason, endSession } from './open-session.js';
import { openTokens, sealTokens } from './seal-tokens.js';
import type { Visit } from './visit.js';

const askedAgainAfter = 300_000;
/** Longer than the provider may take for what one question needs. */
const turnSeconds = 60;
const waitsForTurn = 20_000;
const looksAgainAfter = 100;
const retryAfterSeconds = 10;

/**
 * The visit with the rights that its person has by the identity provider: asked within the last five minutes, or `now`. Answers why
 * the session is over when the right to enter is withdrawn, or the provider takes its tokens no more. Where a link is the way in,
 * whoever reads the terminal of the server has every right, and nobody is asked.
 * Throws Refusal OPERATOR_RIGHTS_UNKNOWN when the provider does not answer.
 */
export async function confirmRights(visit: Visit, when: 'due' | 'now'): Promise<Visit | EndReason> {
  const { wayIn } = visit.settings;
  if (wayIn.kind === 'link' || (when === 'due' && areFresh(visit.session, visit.now))) return visit;
  return inTurn(visit, async () => {
    const session = await readOperatorSession(visit.settings.database, visit.session.id);
    if (session === undefined) return 'expired';
    if (when === 'due' && areFresh(session, visit.now)) return { ...visit, session };
    return ask({ ...visit, session }, wayIn.provider);
  });
}

function areFresh({ rightsAskedAt }: OperatorSession, now: Date): boolean {
  return Math.abs(now.getTime() - rightsAskedAt.getTime()) < askedAgainAfter;
}

/** One question of a session at a time, on all nodes: a refresh token that is good once must not be sent twice. */
async function inTurn<T>({ settings, session, correlationId }: Visit, ask: () => Promise<T>): Promise<T> {
  const lease = { name: `operator-rights:${session.id}`, holder: correlationId };
  for (let waited = 0; !(await takeLease(settings.database, { ...lease, seconds: turnSeconds })); ) {
    if (waited >= waitsForTurn) {
      throw new Refusal('OPERATOR_RIGHTS_UNKNOWN', 'Another request of yours still asks the identity provider.', {
        retryAfterSeconds,
      });
    }
    await setTimeout(looksAgainAfter);
    waited += looksAgainAfter;
  }
  try {
    return await ask();
  } finally {
    await releaseLease(settings.database, lease);
  }
}

async function ask(visit: Visit, provider: IdentityProvider): Promise<Visit | EndReason> {
  const { session, secret, settings } = visit;
  const sealed = session.tokensSealed;
  const tokens = sealed === undefined ? undefined : openTokens(sealed, { secret, sessionId: session.id });
  const answer = tokens && (await provider.askRights(tokens, session.subject));
  if (answer === undefined) return end(visit, 'expired');
  const roles = rolesIn(answer, provider);
  if (roles === undefined) return end(visit, 'withdrawn');
  const kept = await settings.database.transaction(async (sql) => {
    if (roles.join() !== session.roles.join()) await insertAuditEvents(sql, [changedEvent(visit, roles)]);
    const tokensSealed = sealTokens(answer.tokens, { secret, sessionId: session.id });
    return updateOperatorRights(sql, { id: session.id, roles, rightsAskedAt: visit.now, tokensSealed });
  });
  return kept === undefined ? 'expired' : { ...visit, session: kept };
}

function rolesIn({ claims }: ProviderAnswer, { policy }: IdentityProvider): OperatorSession['roles'] | undefined {
  try {
    return admitOperator(claims, policy).roles;
  } catch (cause) {
    if (cause instanceof Refusal) return undefined;
    throw cause;
  }
}

async function end(visit: Visit, why: EndReason): Promise<EndReason> {
  const { settings, secret, now, correlationId } = visit;
  await endSession(settings, secret, { now, correlationId, why });
  return why;
}

function changedEvent({ session, now, correlationId }: Visit, roles: OperatorSession['roles']) {
  const detail = { session: session.id, by: session.subject, roles };
  return { at: now, kind: 'operator-roles-changed', outcome: 'done', correlationId, detail } as const;
}
