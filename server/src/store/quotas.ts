import { eachMilliseconds, latestOf, millisecondsOf, type QuotaRule, takeFrom } from '../quota/rule.js';
import type { Database, Sql } from './database.js';

/** One that is taken of a quota that all nodes share. */
export interface StoredTake {
  readonly rule: QuotaRule;
  readonly key: string;
}

/**
 * Takes one where there is room; where there is none it takes nothing, and answers the seconds until there is. Many at once cannot take
 * more together than one after the other.
 */
export function takeStored(sql: Sql, take: StoredTake, now: Date): Promise<number | undefined> {
  return takeBy(sql, take, { now, before: '', from: '' });
}

/** The same outside a transaction, and not flushed to disk: a crash forgets a moment's count, not more. */
export function takeUnflushed(sql: Sql, take: StoredTake, now: Date): Promise<number | undefined> {
  const before = `with unflushed as (select set_config('synchronous_commit', 'off', true) as setting)`;
  return takeBy(sql, take, { now, before, from: 'from unflushed' });
}

/** Takes one of each or of none; answers the seconds until there is room. */
export async function takeEachOfStore(
  database: Database,
  takes: readonly StoredTake[],
  now: Date,
): Promise<number | undefined> {
  let waitSeconds: number | undefined;
  const rollback = new Error('no room');
  await database
    .transaction(async (sql) => {
      waitSeconds = await takeEachStored(sql, takes, now);
      if (waitSeconds !== undefined) throw rollback;
    })
    .catch((cause: unknown) => {
      if (cause !== rollback) throw cause;
    });
  return waitSeconds;
}

/** Takes one of each, in a transaction that must be rolled back where there is no room: that gives back what was taken of the others. */
export async function takeEachStored(sql: Sql, takes: readonly StoredTake[], now: Date): Promise<number | undefined> {
  for (const take of takes) {
    const waitSeconds = await takeStored(sql, take, now);
    if (waitSeconds !== undefined) return waitSeconds;
  }
  return undefined;
}

/** The seconds until there is room; undefined where there is. Takes nothing. */
export async function lookStored(sql: Sql, { rule, key }: StoredTake, now: Date): Promise<number | undefined> {
  const [row] = await sql.query<{ whole_at: Date }>('select whole_at from quota where name = $1 and key = $2', [
    rule.name,
    key,
  ]);
  if (row === undefined) return undefined;
  const taken = takeFrom(rule, row.whole_at.getTime(), now.getTime());
  return 'waitSeconds' in taken ? taken.waitSeconds : undefined;
}

/** Takes back one that was taken. */
export async function giveBackStored(sql: Sql, { rule, key }: StoredTake): Promise<void> {
  await sql.query(
    `update quota set whole_at = whole_at - $3::float8 * interval '1 millisecond' where name = $1 and key = $2`,
    [rule.name, key, eachMilliseconds(rule)],
  );
}

/** Makes a quota whole. */
export async function forgetStored(sql: Sql, { rule, key }: StoredTake): Promise<void> {
  await sql.query('delete from quota where name = $1 and key = $2', [rule.name, key]);
}

/** A count lies a little above the time of an empty quota where milliseconds were rounded. */
const toleranceMilliseconds = 1;
const begin = `(case when quota.whole_at > $6::timestamptz then $3::timestamptz
  else greatest(quota.whole_at, $3::timestamptz) end + $4::float8 * interval '1 millisecond')`;

async function takeBy(
  sql: Sql,
  take: StoredTake,
  { now, before, from }: { readonly now: Date; readonly before: string; readonly from: string },
): Promise<number | undefined> {
  const { rule, key } = take;
  const empty = new Date(now.getTime() + millisecondsOf(rule) + toleranceMilliseconds);
  const rows = await sql.query(
    `${before}
     insert into quota (name, key, whole_at)
     select $1, $2, $3::timestamptz + $4::float8 * interval '1 millisecond' ${from}
     on conflict (name, key) do update set whole_at = ${begin} where ${begin} <= $5::timestamptz
     returning 1`,
    [rule.name, key, now, eachMilliseconds(rule), empty, new Date(latestOf(rule, now.getTime()))],
  );
  if (rows.length > 0) return undefined;
  return (await lookStored(sql, take, now)) ?? eachMilliseconds(rule) / 1_000;
}
