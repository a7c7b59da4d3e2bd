import type { QuotaRule } from '../quota/rule.js';
import type { Environment } from '../realm.js';
import type { Database, Sql } from './database.js';
import { forgetStored, giveBackStored, lookStored, type StoredTake, takeEachOfStore } from './quotas.js';

/** Whose attempts are counted: a PSU, or a user name that is nobody's, which is treated alike; and where they come from. */
export interface Attempter {
  readonly brand: string;
  readonly environment: Environment;
  readonly psu: string;
  readonly source: string;
}

/** What is tried: the password, which anybody can guess at, or the code, which needs the password first. */
export type Attempted = 'password' | 'code';

/** After so many failures it is blocked (Delegated Regulation (EU) 2018/389 article 4(3)(b)), and has one more attempt for each 15 minutes. */
export const mostFailures = 5;
const minutesOfAttempt = 15;

const codes: QuotaRule = {
  name: 'second-factor',
  most: mostFailures,
  perSeconds: mostFailures * minutesOfAttempt * 60,
};
const passwords: QuotaRule = { ...codes, name: 'sign-in' };
/** Of all sources together: one stranger cannot use them up, and many guess no faster than five times one. */
const passwordsOfAll: QuotaRule = { ...passwords, name: 'sign-in-of-all', most: 5 * mostFailures };

/**
 * Counts an attempt before it is looked at, so that many at once cannot be more than five. Returns false where there is none left: the
 * attempt must then not be looked at. A right answer takes its attempt back.
 */
export async function reserveAttempt(
  database: Database,
  attempt: { readonly attempter: Attempter; readonly attempted: Attempted },
  now: Date,
): Promise<boolean> {
  return (await takeEachOfStore(database, takesOf(attempt.attempter)[attempt.attempted], now)) === undefined;
}

/** Whether no further attempt is left at the moment. */
export async function isBlocked(
  sql: Sql,
  { attempter, attempted }: { readonly attempter: Attempter; readonly attempted: Attempted },
  now: Date,
): Promise<boolean> {
  for (const take of takesOf(attempter)[attempted]) if ((await lookStored(sql, take, now)) !== undefined) return true;
  return false;
}

/** Takes back an attempt at the password that was right. The others stay, and so do those at the code. */
export async function releasePassword(sql: Sql, attempter: Attempter): Promise<void> {
  for (const take of takesOf(attempter).password) await giveBackStored(sql, take);
}

/** Forgets failures after a whole authentication: those at the code, and those at the password from there and in all. */
export async function forgetAttempts(sql: Sql, attempter: Attempter): Promise<void> {
  const { password, code } = takesOf(attempter);
  for (const take of [...password, ...code]) await forgetStored(sql, take);
}

function takesOf({ brand, environment, psu, source }: Attempter): Readonly<Record<Attempted, readonly StoredTake[]>> {
  const key = `${brand} ${environment} ${psu}`;
  return {
    password: [
      { rule: passwords, key: `${source} ${key}` },
      { rule: passwordsOfAll, key },
    ],
    code: [
      { rule: codes, key },
      { rule: passwords, key: `${source} ${key}` },
    ],
  };
}
