import type { Sql } from './database.js';

/** What a person may do at the console: see everything, or decide as well. */
export type OperatorRole = 'look' | 'decide';

/** A session of a person of the bank at the console. */
export interface OperatorSession {
  readonly id: string;
  readonly subject: string;
  readonly name: string;
  readonly roles: readonly OperatorRole[];
  /** Who let the person in: an identity provider, or the console itself by a link. */
  readonly issuer: string;
  /** The browser that opened it, keyed by its secret. */
  readonly boundTo: string;
  readonly startedAt: Date;
  readonly expiresAt: Date;
  /** When the issuer last said what this person may do. */
  readonly rightsAskedAt: Date;
  /** What to ask the issuer with, encrypted under the secret of the session. */
  readonly tokensSealed: string | undefined;
}

export async function insertOperatorSession(sql: Sql, session: OperatorSession, secretHash: string): Promise<void> {
  await sql.query(
    `insert into operator_session (id, secret_hash, subject, name, roles, issuer, bound_to, started_at, seen_at, expires_at,
       rights_asked_at, tokens_sealed)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11)`,
    [
      session.id,
      secretHash,
      session.subject,
      session.name,
      JSON.stringify(session.roles),
      session.issuer,
      session.boundTo,
      session.startedAt,
      session.expiresAt,
      session.rightsAskedAt,
      session.tokensSealed ?? null,
    ],
  );
}

/** Which living session is meant, and when it was last used at the earliest. */
export interface SoughtSession {
  readonly secretHash: string;
  readonly issuer: string;
  readonly idleSince: Date;
  readonly now: Date;
}

/** The living session of a secret, seen now; undefined when it ended, by a sign-out, by its time, or unused since `idleSince`. */
export async function touchOperatorSession(sql: Sql, sought: SoughtSession): Promise<OperatorSession | undefined> {
  const { secretHash, issuer, idleSince, now } = sought;
  const rows = await sql.query<SessionRow>(
    `update operator_session set seen_at = $3
     where secret_hash = $1 and issuer = $4 and ended_at is null and expires_at > $3 and seen_at > $2 returning *`,
    [secretHash, idleSince, now, issuer],
  );
  return rows.map(toSession)[0];
}

/** The session as it stands; undefined when it has ended by a sign-out. */
export async function readOperatorSession(sql: Sql, id: string): Promise<OperatorSession | undefined> {
  const text = 'select * from operator_session where id = $1 and ended_at is null';
  return (await sql.query<SessionRow>(text, [id])).map(toSession)[0];
}

/** Writes what the issuer now says, and with what it is asked next; undefined when the session has ended meanwhile. */
export async function updateOperatorRights(
  sql: Sql,
  rights: Pick<OperatorSession, 'id' | 'roles' | 'rightsAskedAt' | 'tokensSealed'>,
): Promise<OperatorSession | undefined> {
  const rows = await sql.query<SessionRow>(
    `update operator_session set roles = $2, rights_asked_at = $3, tokens_sealed = $4
     where id = $1 and ended_at is null returning *`,
    [rights.id, JSON.stringify(rights.roles), rights.rightsAskedAt, rights.tokensSealed ?? null],
  );
  return rows.map(toSession)[0];
}

/** Ends the session of a secret, and forgets its tokens; answers whose it was, undefined when it had ended before. */
export async function endOperatorSession(
  sql: Sql,
  secretHash: string,
  now: Date,
): Promise<{ readonly id: string; readonly subject: string } | undefined> {
  const [row] = await sql.query<{ id: string; subject: string }>(
    `update operator_session set ended_at = $2, tokens_sealed = null
     where secret_hash = $1 and ended_at is null returning id, subject`,
    [secretHash, now],
  );
  return row;
}

interface SessionRow extends Pick<OperatorSession, 'id' | 'subject' | 'name' | 'roles' | 'issuer'> {
  readonly bound_to: string;
  readonly started_at: Date;
  readonly expires_at: Date;
  readonly rights_asked_at: Date;
  readonly tokens_sealed: string | null;
}

function toSession(row: SessionRow): OperatorSession {
  const { id, subject, name, roles, issuer } = row;
  return {
    ...{ id, subject, name, roles, issuer },
    boundTo: row.bound_to,
    startedAt: row.started_at,
    expiresAt: row.expires_at,
    rightsAskedAt: row.rights_asked_at,
    tokensSealed: row.tokens_sealed ?? undefined,
  };
}
