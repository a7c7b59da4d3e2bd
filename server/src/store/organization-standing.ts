import type { Sql } from './database.js';

/** A change of how an organisation stands, with what it was decided on. */
export interface OrganizationChange {
  readonly organizationIdentifier: string;
  readonly state: 'active' | 'suspended';
  readonly at: Date;
  readonly code: string | undefined;
  readonly reason: string | undefined;
  readonly decisionId: string;
  readonly registerPublishedAt: Date;
}

/** A suspension as every node reads it. */
export interface Suspension {
  readonly organizationIdentifier: string;
  readonly reason: string;
  readonly registerPublishedAt: Date;
}

/** False, and nothing written, when it stands so already or was judged by a newer register: of many nodes one writes. */
export async function writeOrganizationStanding(sql: Sql, change: OrganizationChange): Promise<boolean> {
  const rows = await sql.query(
    `insert into organization_standing
       (organization_identifier, state, since, code, reason, decision_id, register_published_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (organization_identifier) do update set state = excluded.state, since = excluded.since,
       code = excluded.code, reason = excluded.reason, decision_id = excluded.decision_id,
       register_published_at = excluded.register_published_at
     where organization_standing.state <> excluded.state
       and organization_standing.register_published_at <= excluded.register_published_at
     returning organization_identifier`,
    [
      change.organizationIdentifier,
      change.state,
      change.at,
      change.code ?? null,
      change.reason ?? null,
      change.decisionId,
      change.registerPublishedAt,
    ],
  );
  return rows.length > 0;
}

/** Every organisation that is suspended now. */
export async function readSuspensions(sql: Sql): Promise<readonly Suspension[]> {
  const rows = await sql.query<{ organization_identifier: string; reason: string; register_published_at: Date }>(
    `select organization_identifier, coalesce(reason, code, '') as reason, register_published_at
     from organization_standing where state = 'suspended'`,
  );
  return rows.map((row) => ({
    organizationIdentifier: row.organization_identifier,
    reason: row.reason,
    registerPublishedAt: row.register_published_at,
  }));
}

/** Tells all nodes of the register in force here; one that is older than another's changes nothing. */
export async function announceRegister(sql: Sql, publishedAt: Date): Promise<void> {
  await sql.query(
    `insert into newest_register (name, published_at) values ('register', $1)
     on conflict (name) do update set published_at = excluded.published_at
     where newest_register.published_at < excluded.published_at`,
    [publishedAt],
  );
}

/** When the newest register was published that any node has imported; undefined before the first one. */
export async function readNewestRegister(sql: Sql): Promise<Date | undefined> {
  const [row] = await sql.query<{ published_at: Date }>('select published_at from newest_register');
  return row?.published_at;
}

/** What is kept of an organisation that is suspended, for the record: its clients and how many grants of users rest. */
export async function readSuspended(
  sql: Sql,
  organizationIdentifier: string,
): Promise<{ readonly clients: readonly string[]; readonly grants: number }> {
  const rows = await sql.query<{ client_id: string; grants: number }>(
    `select client.client_id, (select count(*)::int from consent_grant
       where consent_grant.client_id = client.client_id and consent_grant.ended_at is null) as grants
     from client where client.organization_identifier = $1 and client.ended_at is null order by client.client_id`,
    [organizationIdentifier],
  );
  return { clients: rows.map((row) => row.client_id), grants: rows.reduce((sum, row) => sum + row.grants, 0) };
}
