import { Refusal } from '@postern/core/refusal/refusal.js';
import { insertAuditEvents } from '../audit/audit-event.js';
import type { Database } from '../store/database.js';
import { countFeedback, type Feedback, insertFeedback } from '../store/feedback.js';
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

const mostOfSource = 10;
const mostOfBrand = 500;
const day = 86_400_000;

/** A message is counted by where it came from and with all others of the day, and kept with its event in the audit. */
export function createFeedbackReceiver(database: Database): ReceiveFeedback {
  return async ({ feedback, source, now, correlationId }) => {
    const { brand } = feedback;
    const id = createUuid(now);
    await database.transaction(async (sql) => {
      const counted =
        (await countFeedback(sql, { brand, source, most: mostOfSource }, now)) &&
        (await countFeedback(sql, { brand, source: '*', most: mostOfBrand }, now));
      if (!counted) throw tooMany(now);
      await insertFeedback(sql, { ...feedback, id, receivedAt: now });
      await insertAuditEvents(sql, [
        { at: now, kind: 'feedback-received', outcome: 'done', brand, correlationId, detail: { feedback: id } },
      ]);
    });
    return id;
  };
}

function tooMany(now: Date): Refusal {
  const tomorrow = Math.ceil((now.getTime() + 1) / day) * day;
  return new Refusal('RATE_LIMITED', 'No more messages are taken today by this form.', {
    retryAfterSeconds: (tomorrow - now.getTime()) / 1_000,
  });
}
