import { insertAuditEvents } from '../audit/audit-event.js';
import { requireRoomNow } from '../quota/limited.js';
import type { QuotaRule } from '../quota/rule.js';
import type { Database } from '../store/database.js';
import { type Feedback, insertFeedback } from '../store/feedback.js';
import { takeEachStored } from '../store/quotas.js';
import { createUuid } from '../store/uuid.js';

export interface FeedbackCall {
  readonly feedback: Omit<Feedback, 'id' | 'receivedAt'>;
  /** Of the connection, to count by. */
  readonly source: string;
  readonly now: Date;
  readonly correlationId: string;
}

/** Keeps a message for the operator; answers the reference to quote. Throws Refusal RATE_LIMITED. */
export type ReceiveFeedback = (call: FeedbackCall) => Promise<string>;

const messages: QuotaRule = { name: 'messages', most: 10, perSeconds: 86_400 };
const messagesOfAll: QuotaRule = { ...messages, name: 'messages-of-all', most: 500 };

/** A message is counted by where it came from and with all others of the day, and kept with its event in the audit. */
export function createFeedbackReceiver(database: Database): ReceiveFeedback {
  return async ({ feedback, source, now, correlationId }) => {
    const { brand } = feedback;
    const id = createUuid(now);
    await database.transaction(async (sql) => {
      const takes = [
        { rule: messages, key: `${brand} ${source}` },
        { rule: messagesOfAll, key: brand },
      ];
      requireRoomNow(await takeEachStored(sql, takes, now), 'No more messages are taken today by this form.');
      await insertFeedback(sql, { ...feedback, id, receivedAt: now });
      await insertAuditEvents(sql, [
        { at: now, kind: 'feedback-received', outcome: 'done', brand, correlationId, detail: { feedback: id } },
      ]);
    });
    return id;
  };
}
