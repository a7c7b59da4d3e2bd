import type { Decision } from '../decision.js';
import type { Database, Sql } from '../store/database.js';
import { type AuditEvent, insertAuditRows, renderAuditRow } from './audit-event.js';
import { insertDecisions } from './insert-decision.js';

/**
 * Collects the events of requests that change nothing (reads and refusals), and decisions, and writes them together,
 * so that no request waits for the store. Events of a change never come here: they go with its transaction.
 */
export interface AuditLog {
  append(event: AuditEvent): void;
  /** Keeps the evidence of a decision: events refer to it by its id. */
  appendDecision(decision: Decision): void;
  /** Whether another entry can be taken; false when the store has been failing and the buffer is full. */
  readonly writable: boolean;
  /** Writes what is waiting, then stops. */
  close(): Promise<void>;
}

/** The row of an event, or a decision. */
type Entry = string | Decision;

const flushMilliseconds = 100;
const entriesPerTransaction = 500;
const mostWaiting = 50_000;

/**
 * Makes the log. A write that fails is tried again, in order; an entry that the store can never take (SQLSTATE class 22) is
 * given up alone, so that it does not hold back the others. `onFault` is told of both, and of what a full buffer loses.
 */
export function createAuditLog(database: Database, onFault: (cause: unknown) => void): AuditLog {
  let waiting: Entry[] = [];
  let lost = 0;
  let writing: Promise<void> | undefined;
  let closed = false;

  const take = (entry: Entry) => {
    if (closed) throw new Error('the audit log is closed');
    if (waiting.length >= mostWaiting) lost += 1;
    else waiting.push(entry);
    if (waiting.length >= entriesPerTransaction) void start();
  };
  /** Writes until fewer wait than `enough`: what comes while a batch is written waits for the next turn, not for one of its own. */
  const flush = async (enough: number) => {
    do {
      const batch = waiting.slice(0, entriesPerTransaction);
      if (batch.length > 0) await writeBatch(database, batch, onFault);
      waiting = waiting.slice(batch.length);
    } while (waiting.length >= enough);
    if (lost > 0) onFault(new Error(`${lost} audit entries were lost while the store did not answer`));
    lost = 0;
  };
  const start = () => {
    writing ??= flush(entriesPerTransaction)
      .catch(onFault)
      .finally(() => {
        writing = undefined;
      });
    return writing;
  };
  const timer = setInterval(start, flushMilliseconds);
  timer.unref();

  return {
    append: (event) => take(renderAuditRow(event)),
    appendDecision: take,
    get writable() {
      return waiting.length < mostWaiting;
    },
    close: async () => {
      closed = true;
      clearInterval(timer);
      await writing;
      await flush(1);
    },
  };
}

async function writeBatch(
  database: Database,
  batch: readonly Entry[],
  onFault: (cause: unknown) => void,
): Promise<void> {
  try {
    // Rows alone are one statement, which needs no transaction around it.
    const hasDecisions = batch.some((entry) => typeof entry !== 'string');
    await (hasDecisions ? database.transaction((sql) => write(sql, batch)) : write(database, batch));
  } catch (cause) {
    if (!isDataException(cause)) throw cause;
    onFault(cause);
    const [only, ...others] = batch;
    if (only === undefined || others.length === 0) return;
    const middle = Math.floor(batch.length / 2);
    await writeBatch(database, batch.slice(0, middle), onFault);
    await writeBatch(database, batch.slice(middle), onFault);
  }
}

async function write(sql: Sql, entries: readonly Entry[]): Promise<void> {
  await insertDecisions(
    sql,
    entries.filter((entry) => typeof entry !== 'string'),
  );
  await insertAuditRows(
    sql,
    entries.filter((entry) => typeof entry === 'string'),
  );
}

function isDataException(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && String(cause.code).startsWith('22');
}
