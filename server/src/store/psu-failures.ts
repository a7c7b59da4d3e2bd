import type { Environment } from '../realm.js';
import type { Sql } from './database.js';

/** Whose attempts are counted: a PSU, or a user name that is nobody's, which is treated alike. */
export interface Attempter {
  readonly brand: string;
  readonly environment: Environment;
  readonly psu: string;
}

/** After so many failures in a row the PSU is blocked for a while (Delegated Regulation (EU) 2018/389 article 4(3)(b)). */
export const mostFailures = 5;
export const blockMinutes = 15;

const forgetMinutes = 24 * 60;

/**
 * Counts an attempt before it is looked at, so that many at once cannot be more than five. Returns false when the PSU is
 * blocked: the attempt must then not be looked at. A right answer takes its attempt back.
 */
export async function reserveAttempt(sql: Sql, attempter: Attempter, now: Date): Promise<boolean> {
  const rows = await sql.query<{ failures: number }>(
    `insert into psu_failure (brand, environment, psu, failures, last_failure_at) values ($1, $2, $3, 1, $4)
     on conflict (brand, environment, psu) do update set
       failures = case
         when psu_failure.blocked_until is not null or psu_failure.last_failure_at < $5 then 1
         else psu_failure.failures + 1 end,
       blocked_until = null,
       last_failure_at = $4
     where (psu_failure.blocked_until is null and (psu_failure.failures < $6 or psu_failure.last_failure_at < $7))
       or psu_failure.blocked_until <= $4
     returning failures`,
    [...keyOf(attempter), now, minutesAfter(now, -forgetMinutes), mostFailures, minutesAfter(now, -blockMinutes)],
  );
  return rows.length > 0;
}

/** Says that the attempt counted last was wrong; true when the PSU is blocked from now on. */
export async function blockAfterFailure(sql: Sql, attempter: Attempter, now: Date): Promise<boolean> {
  const rows = await sql.query<{ psu: string }>(
    `update psu_failure set blocked_until = $5
     where brand = $1 and environment = $2 and psu = $3 and failures >= $4 returning psu`,
    [...keyOf(attempter), mostFailures, minutesAfter(now, blockMinutes)],
  );
  return rows.length > 0;
}

/** Takes back one attempt that was right. The others stay: a right password does not forgive wrong codes. */
export async function releaseAttempt(sql: Sql, attempter: Attempter): Promise<void> {
  await sql.query(
    'update psu_failure set failures = failures - 1 where brand = $1 and environment = $2 and psu = $3 and failures > 0',
    keyOf(attempter),
  );
}

/** Forgets all failures, after a whole authentication. */
export async function deleteFailures(sql: Sql, attempter: Attempter): Promise<void> {
  await sql.query('delete from psu_failure where brand = $1 and environment = $2 and psu = $3', keyOf(attempter));
}

function keyOf({ brand, environment, psu }: Attempter): readonly string[] {
  return [brand, environment, psu];
}

function minutesAfter(time: Date, minutes: number): Date {
  return new Date(time.getTime() + minutes * 60_000);
}
