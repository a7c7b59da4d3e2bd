import type { ClientPlace } from './clients.js';
import type { Sql } from './database.js';

/** What is counted of an organisation, where. */
export interface QuotaKey extends ClientPlace {
  readonly organizationIdentifier: string;
  readonly counted: 'registrations' | 'updates' | 'wrong-tokens';
}

const minute = 60_000;

/**
 * Counts one more in the minute that is running; the minute begins with the first that is counted. Undefined when it is
 * within `most`, otherwise the time at which the minute ends. Not flushed to disk: a crash forgets a minute's count, not more.
 */
export async function countInMinute(sql: Sql, key: QuotaKey, most: number, now: Date): Promise<Date | undefined> {
  const rows = await sql.query(
    `with unflushed as (select set_config('synchronous_commit', 'off', true) as setting)
     insert into registration_quota (organization_identifier, brand, environment, counted, began_at, count)
     select $1, $2, $3, $4, $5, 1 from unflushed
     on conflict (organization_identifier, brand, environment, counted) do update set
       count = case when ${isOver} then 1 else registration_quota.count + 1 end,
       began_at = case when ${isOver} then excluded.began_at else registration_quota.began_at end
     where ${isOver} or registration_quota.count < $6
     returning count`,
    [...placesOf(key), now, most],
  );
  return rows.length > 0 ? undefined : ((await readQuotaEnd(sql, key, most)) ?? now);
}

/** When the running minute ends, if it has no room for another one; a minute that is over has room. */
export async function readQuotaEnd(sql: Sql, key: QuotaKey, most: number): Promise<Date | undefined> {
  const [row] = await sql.query<{ began_at: Date }>(
    `select began_at from registration_quota
     where organization_identifier = $1 and brand = $2 and environment = $3 and counted = $4 and count >= $5`,
    [...placesOf(key), most],
  );
  return row === undefined ? undefined : new Date(row.began_at.getTime() + minute);
}

/** A minute that begins far ahead of the clock is of a clock that was wrong. */
const isOver = `abs(extract(epoch from excluded.began_at - registration_quota.began_at)) >= 60`;

function placesOf({ organizationIdentifier, brand, environment, counted }: QuotaKey): readonly string[] {
  return [organizationIdentifier, brand, environment, counted];
}
