import type { Sql } from './database.js';
import { renderJsonb } from './render-jsonb.js';

/** How often strangers were refused something within a day (UTC), by whom they said they were and by the reason. */
export interface RefusalCount {
  readonly day: string;
  /** Thumbprint of the certificate presented, or the client named; empty for neither, "*" for those who are not told apart. */
  readonly subject: string;
  readonly reason: string;
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

/** Adds to what is counted, in one order everywhere, so that nodes do not wait for each other in a circle. */
export async function addRefusalCounts(sql: Sql, counts: readonly RefusalCount[]): Promise<void> {
  if (counts.length === 0) return;
  await sql.query(
    `insert into refusal_count (day, subject, reason, count, first_at, last_at)
     select day, subject, reason, sum(count), min(first_at), max(last_at)
     from json_to_recordset($1::json) as counted (day date, subject text, reason text, count bigint, first_at timestamptz, last_at timestamptz)
     group by day, subject, reason order by day, subject, reason
     on conflict (day, subject, reason) do update set count = refusal_count.count + excluded.count,
       first_at = least(refusal_count.first_at, excluded.first_at), last_at = greatest(refusal_count.last_at, excluded.last_at)`,
    [renderJsonb(counts.map(({ firstAt, lastAt, ...each }) => ({ ...each, first_at: firstAt, last_at: lastAt })))],
  );
}

/** The one event that stands for a day's refusals of a subject for a reason. */
export interface FirstRefusal extends Pick<RefusalCount, 'day' | 'subject' | 'reason'> {
  readonly eventId: string;
}

/** Claims for each of them, which are counted already, to be the one that is recorded in full; answers the ids of those that are. */
export async function claimFirstRefusals(sql: Sql, firsts: readonly FirstRefusal[]): Promise<ReadonlySet<string>> {
  if (firsts.length === 0) return new Set();
  const rows = await sql.query<{ first_event: string }>(
    `update refusal_count set first_event = claimed.event
     from json_to_recordset($1::json) as claimed (day date, subject text, reason text, event uuid)
     where refusal_count.day = claimed.day and refusal_count.subject = claimed.subject
       and refusal_count.reason = claimed.reason and refusal_count.first_event is null
     returning refusal_count.first_event`,
    [renderJsonb(firsts.map(({ eventId, ...each }) => ({ ...each, event: eventId })))],
  );
  return new Set(rows.map(({ first_event }) => first_event));
}
