import type { Decision } from '../decision.js';
import type { Database } from '../store/database.js';
import { type AuditEvent, insertAuditEvents } from './audit-event.js';
import { insertDecision } from './insert-decision.js';

/**
 * Collects the events of requests that change nothing (reads and refusals) and writes them together,
 * so that no request waits for the store. Events of a change never come here: they go with its transaction.
 */
export interface AuditLog {
  append(event: AuditEvent): void;
  /** Keeps the evidence of a decision that no change of the store records: events refer to it by its id. */
  appendDecision(decision: Decision): void;
  /** Whether an event can still be taken; false when the store has been failing and the buffer is full. */
  readonly writable: boolean;
  /** Writes what is waiting, then stops. */
  close(): Promise<void>;
}

const flushMilliseconds = 100;
const rowsPerInsert = 500;
const mostWaiting = 50_000;
const mostDecisionsWaiting = 5_000;

/** Makes the log; `onFault` is told each failed write, the events stay and are tried again. */
export function createAuditLog(database: Database, onFault: (cause: unknown) => void): AuditLog {
  let waiting: AuditEvent[] = [];
  let writing: Promise<void> | undefined;
  let decisions: Decision[] = [];
  let closed = false;

  const flush = async () => {
    for (const decision of decisions.slice()) {
      await insertDecision(database, decision);
      decisions = decisions.filter((other) => other !== decision);
    }
    while (waiting.length > 0) {
      const batch = waiting.slice(0, rowsPerInsert);
      await insertAuditEvents(database, batch);
      waiting = waiting.slice(batch.length);
    }
  };
  const start = () => {
    writing ??= flush()
      .catch(onFault)
      .finally(() => {
        writing = undefined;
      });
    return writing;
  };
  const timer = setInterval(start, flushMilliseconds);
  timer.unref();

  return {
    append: (event) => {
      if (closed) throw new Error('the audit log is closed');
      waiting.push(event);
      if (waiting.length >= rowsPerInsert) void start();
    },
    appendDecision: (decision) => {
      decisions.push(decision);
    },
    get writable() {
      return waiting.length < mostWaiting && decisions.length < mostDecisionsWaiting;
    },
    close: async () => {
      closed = true;
      clearInterval(timer);
      await writing;
      await flush();
    },
  };
}
