import type { Database, Sql } from '../store/database.js';
import { addRefusalCounts, claimFirstRefusals } from '../store/refusal-counts.js';
import { insertAuditRows } from './audit-event.js';
import { insertNewDecisions } from './insert-decision.js';
import type { WaitingEntry } from './waiting-entries.js';

/** Writes entries together; one that the store can never take (SQLSTATE class 22) is given up alone, and `onFault` told of it. */
export async function writeEntries(
  database: Database,
  batch: readonly WaitingEntry[],
  onFault: (cause: unknown) => void,
): Promise<void> {
  try {
    // Rows alone are one statement, which needs no transaction around it.
    const isPlain = batch.every(({ decision, first }) => decision === undefined && first === undefined);
    await (isPlain ? write(database, batch) : database.transaction((sql) => write(sql, batch)));
  } catch (cause) {
    if (!isDataException(cause)) throw cause;
    onFault(cause);
    const [only, ...others] = batch;
    if (only === undefined || others.length === 0) return;
    const middle = Math.floor(batch.length / 2);
    await writeEntries(database, batch.slice(0, middle), onFault);
    await writeEntries(database, batch.slice(middle), onFault);
  }
}

async function write(sql: Sql, entries: readonly WaitingEntry[]): Promise<void> {
  const firsts = entries.flatMap(({ first }) => first ?? []);
  await addRefusalCounts(
    sql,
    firsts.map(({ at, day, subject, reason }) => ({ day, subject, reason, count: 1, firstAt: at, lastAt: at })),
  );
  const claimed = await claimFirstRefusals(sql, firsts);
  const kept = entries.filter(({ first }) => first === undefined || claimed.has(first.eventId));
  await insertNewDecisions(
    sql,
    kept.flatMap(({ decision }) => decision ?? []),
  );
  await insertAuditRows(
    sql,
    kept.flatMap(({ row }) => row ?? []),
  );
}

function isDataException(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && String(cause.code).startsWith('22');
}
