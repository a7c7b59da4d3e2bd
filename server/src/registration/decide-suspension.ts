import { insertAuditEvents } from '../audit/audit-event.js';
import { type ClientStanding, restoreClient, suspendClient } from '../store/client-suspensions.js';
import type { Database } from '../store/database.js';
import { insertNotice, type NoticeChannel } from '../store/notices.js';

/** What an operator decided on one registration. */
export interface SuspensionDecision {
  readonly clientId: string;
  readonly state: 'suspended' | 'restored';
  /** Who decides, in the audit alone: the subject tells people apart, the name is for people. */
  readonly by: { readonly subject: string; readonly name: string };
  /** Digest of the form that decided, where one did. */
  readonly form?: string | undefined;
  /** Told to the third party; a suspension has one. */
  readonly reason: string | undefined;
  readonly at: Date;
  readonly correlationId: string;
}

/**
 * Suspends or restores a registration: standing, audit event and notice in one transaction. Its grants and tokens are kept, so that
 * a restored one goes on as it was. Undefined when no such registration lives, or it stands so already.
 */
export function decideSuspension(
  database: Database,
  decision: SuspensionDecision,
  channels: readonly NoticeChannel[],
): Promise<ClientStanding | undefined> {
  const { clientId, state, by, form, reason, at, correlationId } = decision;
  return database.transaction(async (sql) => {
    const changed = await (state === 'suspended'
      ? suspendClient(sql, { clientId, reason: reason ?? '', at })
      : restoreClient(sql, clientId));
    if (changed === undefined) return undefined;
    const { brand, environment, organizationIdentifier } = changed;
    const told = reason === undefined ? {} : { reason };
    const kind = state === 'suspended' ? 'client-suspended' : 'client-restored';
    const place = { brand, environment, organizationIdentifier, clientId };
    const detail = { by: by.subject, name: by.name, ...told, ...(form === undefined ? {} : { form }) };
    await insertAuditEvents(sql, [{ at, kind, outcome: 'done', ...place, correlationId, detail }]);
    await insertNotice(sql, { clientId, kind, at, detail: told }, channels);
    return changed;
  });
}
