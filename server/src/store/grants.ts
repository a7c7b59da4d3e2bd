import { randomBytes } from 'node:crypto';
import type { Scope } from '@postern/core/registration/scope-for-roles.js';
import { parseScope, renderScope } from '@postern/core/token/scope-set.js';
import type { Environment } from '../realm.js';
import type { Sql } from './database.js';

/** What a PSU agreed to; every code and token of it dies with it. */
export interface Grant {
  readonly id: string;
  readonly clientId: string;
  readonly brand: string;
  readonly environment: Environment;
  readonly psu: string;
  readonly scope: readonly Scope[];
  /** The resourceIds the PSU chose. */
  readonly accounts: readonly string[];
  /** When the PSU authenticated; the grant's life counts from then. */
  readonly authenticatedAt: Date;
  readonly expiresAt: Date;
}

/** A grant as it stands now. */
export interface StoredGrant extends Grant {
  readonly endedAt: Date | undefined;
}

export type GrantEnd = 'code-replayed' | 'refresh-token-replayed' | 'client-deleted';

export async function insertGrant(sql: Sql, grant: Grant): Promise<void> {
  await sql.query(
    `insert into consent_grant (id, client_id, brand, environment, psu, scope, accounts, authenticated_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      grant.id,
      grant.clientId,
      grant.brand,
      grant.environment,
      grant.psu,
      renderScope(grant.scope),
      JSON.stringify(grant.accounts),
      grant.authenticatedAt,
      grant.expiresAt,
    ],
  );
}

export async function readGrant(sql: Sql, id: string): Promise<StoredGrant | undefined> {
  const rows = await sql.query<GrantRow>(`${select} where id = $1`, [id]);
  return rows.map(toGrant)[0];
}

/** Those of the grants that exist, in no order. */
export async function readGrants(sql: Sql, ids: readonly string[]): Promise<readonly StoredGrant[]> {
  return (await sql.query<GrantRow>(`${select} where id = any($1::uuid[])`, [ids])).map(toGrant);
}

/** Ends a grant; false when it had ended before. */
export async function endGrant(
  sql: Sql,
  end: { readonly id: string; readonly reason: GrantEnd; readonly at: Date },
): Promise<boolean> {
  const rows = await sql.query<{ id: string }>(
    'update consent_grant set ended_at = $2, end_reason = $3 where id = $1 and ended_at is null returning id',
    [end.id, end.at, end.reason],
  );
  return rows.length > 0;
}

/** Ends all grants of a client; answers how many. */
export async function endGrantsOfClient(sql: Sql, clientId: string, at: Date): Promise<number> {
  const reason: GrantEnd = 'client-deleted';
  const rows = await sql.query<{ id: string }>(
    'update consent_grant set ended_at = $2, end_reason = $3 where client_id = $1 and ended_at is null returning id',
    [clientId, at, reason],
  );
  return rows.length;
}

/** The name under which a client knows the PSU of a grant; made at the first grant, unguessable, the same ever after. */
export async function readOrCreatePseudonym(
  sql: Sql,
  grant: Pick<Grant, 'brand' | 'environment' | 'clientId' | 'psu'>,
): Promise<string> {
  const key = [grant.brand, grant.environment, grant.clientId, grant.psu];
  await sql.query(
    `insert into psu_pseudonym (brand, environment, client_id, psu, pseudonym) values ($1, $2, $3, $4, $5)
     on conflict (brand, environment, client_id, psu) do nothing`,
    [...key, randomBytes(16).toString('base64url')],
  );
  const rows = await sql.query<{ pseudonym: string }>(
    'select pseudonym from psu_pseudonym where brand = $1 and environment = $2 and client_id = $3 and psu = $4',
    key,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the pseudonym that was just written is not there');
  return row.pseudonym;
}

const select = `select id, client_id, brand, environment, psu, scope, accounts, authenticated_at, expires_at, ended_at from consent_grant`;

interface GrantRow {
  readonly id: string;
  readonly client_id: string;
  readonly brand: string;
  readonly environment: Environment;
  readonly psu: string;
  readonly scope: string;
  readonly accounts: readonly string[];
  readonly authenticated_at: Date;
  readonly expires_at: Date;
  readonly ended_at: Date | null;
}

function toGrant(row: GrantRow): StoredGrant {
  return {
    id: row.id,
    clientId: row.client_id,
    brand: row.brand,
    environment: row.environment,
    psu: row.psu,
    scope: parseScope(row.scope),
    accounts: row.accounts,
    authenticatedAt: row.authenticated_at,
    expiresAt: row.expires_at,
    endedAt: row.ended_at ?? undefined,
  };
}
