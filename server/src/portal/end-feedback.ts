import { insertAuditEvents } from '../audit/audit-event.js';
import type { Database } from '../store/database.js';
import { closeFeedback, type KeptFeedback } from '../store/feedback.js';

export interface FeedbackEnd {
  readonly id: string;
  /** Who closes it: the subject tells people apart, the name is for people. */
  readonly by: { readonly subject: string; readonly name: string };
  /** Digest of the form that decided, where one did. */
  readonly form?: string | undefined;
  readonly at: Date;
  readonly correlationId: string;
}

/** Closes a message, with its event in the audit; undefined when there is none such, or it was closed before. */
export function endFeedback(database: Database, end: FeedbackEnd): Promise<KeptFeedback | undefined> {
  const { id, by, form, at, correlationId } = end;
  return database.transaction(async (sql) => {
    const closed = await closeFeedback(sql, { id, by: by.subject, at });
    if (closed === undefined) return undefined;
    const detail = { feedback: id, by: by.subject, name: by.name, ...(form === undefined ? {} : { form }) };
    const event = { at, kind: 'feedback-closed', outcome: 'done', brand: closed.brand } as const;
    await insertAuditEvents(sql, [{ ...event, correlationId, detail }]);
    return closed;
  });
}
