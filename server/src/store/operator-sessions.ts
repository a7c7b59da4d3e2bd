import type { Sql } from './database.js';

/** What a person may do at the console: see everything, or decide as well. */
export type OperatorRole = 'look' | 'decide';

/** A session of a person of the bank at the console. */
export interface OperatorSession {
  readonly id: string;
  readonly subject: string;
  readonly name: string;
  readonly roles: readonly OperatorRole[];
  readonly startedAt: Date;
  readonly expiresAt: Date;
}

export async function insertOperatorSession(sql: Sql, session: OperatorSession, secretHash: string): Promise<void> {
  const { id, subject, name, roles, startedAt, expiresAt } = session;
  await sql.query(
    `insert into operator_session (id, secret_hash, subject, name, roles, started_at, seen_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $6, $7)`,
    [id, secretHash, subject, name, JSON.stringify(roles), startedAt, expiresAt],
  );
}

/** The living session of a secret, seen now; undefined when it ended, by a sign-out, by its time, or unused since `idleSince`. */
export async function touchOperatorSession(
  sql: Sql,
  { secretHash, idleSince, now }: { readonly secretHash: string; readonly idleSince: Date; readonly now: Date },
): Promise<OperatorSession | undefined> {
  const [row] = await sql.query<SessionRow>(
    `update operator_session set seen_at = $3 where secret_hash = $1 and ended_at is null and expires_at > $3 and seen_at > $2
     returning id, subject, name, roles, started_at, expires_at`,
    [secretHash, idleSince, now],
  );
  if (row === undefined) return undefined;
  const { id, subject, name, roles } = row;
  return { id, subject, name, roles, startedAt: row.started_at, expiresAt: row.expires_at };
}

/** Ends the session of a secret; answers whose it was, undefined when it had ended before. */
export async function endOperatorSession(
  sql: Sql,
  secretHash: string,
  now: Date,
): Promise<{ readonly subject: string } | undefined> {
  const [row] = await sql.query<{ subject: string }>(
    'update operator_session set ended_at = $2 where secret_hash = $1 and ended_at is null returning subject',
    [secretHash, now],
  );
  return row;
}

interface SessionRow {
  readonly id: string;
  readonly subject: string;
  readonly name: string;
  readonly roles: readonly OperatorRole[];
  readonly started_at: Date;
  readonly expires_at: Date;
}
