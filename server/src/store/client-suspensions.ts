import type { Environment } from '../realm.js';
import type { Sql } from './database.js';

/** A living registration with how it stands, for an operator. */
export interface ClientStanding {
  readonly clientId: string;
  readonly brand: string;
  readonly environment: Environment;
  readonly organizationIdentifier: string;
  readonly legalName: string;
  readonly clientName: string;
  readonly issuedAt: Date;
  /** Undefined while it is not suspended. */
  readonly suspendedAt: Date | undefined;
  readonly reason: string | undefined;
}

/** Suspends a registration that lives and is not suspended; undefined when there is none such. Of several callers one writes. */
export async function suspendClient(
  sql: Sql,
  { clientId, reason, at }: { readonly clientId: string; readonly reason: string; readonly at: Date },
): Promise<ClientStanding | undefined> {
  return readChanged(
    sql,
    await sql.query(
      `update client set suspended_at = $2, suspension_reason = $3
       where client_id = $1 and ended_at is null and suspended_at is null returning client_id`,
      [clientId, at, reason],
    ),
  );
}

/** Ends the suspension of a registration that lives; undefined when there is none such. */
export async function restoreClient(sql: Sql, clientId: string): Promise<ClientStanding | undefined> {
  return readChanged(
    sql,
    await sql.query(
      `update client set suspended_at = null, suspension_reason = null
       where client_id = $1 and ended_at is null and suspended_at is not null returning client_id`,
      [clientId],
    ),
  );
}

/** Living registrations, oldest first: the suspended ones, or all; one more than `most` when there are more. */
export async function listClientStandings(
  sql: Sql,
  which: { readonly all: boolean; readonly most: number },
): Promise<readonly ClientStanding[]> {
  const rows = await sql.query<StandingRow>(
    `${select} where client.ended_at is null and ($1 or client.suspended_at is not null)
     order by client.issued_at, client.client_id limit $2`,
    [which.all, which.most + 1],
  );
  return rows.map(toStanding);
}

/** The living registration of a client_id, or those of an organisation; oldest first, at most so many. */
export async function findClientStandings(
  sql: Sql,
  which: ({ readonly clientId: string } | { readonly organizationIdentifier: string }) & { readonly most: number },
): Promise<readonly ClientStanding[]> {
  const [column, value] =
    'clientId' in which
      ? ['client.client_id', which.clientId]
      : ['client.organization_identifier', which.organizationIdentifier];
  const rows = await sql.query<StandingRow>(
    `${select} where client.ended_at is null and ${column} = $1 order by client.issued_at, client.client_id limit $2`,
    [value, which.most],
  );
  return rows.map(toStanding);
}

async function readChanged(sql: Sql, changed: readonly object[]): Promise<ClientStanding | undefined> {
  const [row] = changed as readonly { readonly client_id: string }[];
  if (row === undefined) return undefined;
  return (await sql.query<StandingRow>(`${select} where client_id = $1`, [row.client_id])).map(toStanding)[0];
}

const select = `select client_id, brand, environment, organization_identifier, organization.legal_name,
    metadata->>'client_name' as client_name, issued_at, suspended_at, suspension_reason
  from client join organization on organization.identifier = client.organization_identifier`;

interface StandingRow {
  readonly client_id: string;
  readonly brand: string;
  readonly environment: Environment;
  readonly organization_identifier: string;
  readonly legal_name: string;
  readonly client_name: string;
  readonly issued_at: Date;
  readonly suspended_at: Date | null;
  readonly suspension_reason: string | null;
}

function toStanding(row: StandingRow): ClientStanding {
  return {
    clientId: row.client_id,
    brand: row.brand,
    environment: row.environment,
    organizationIdentifier: row.organization_identifier,
    legalName: row.legal_name,
    clientName: row.client_name,
    issuedAt: row.issued_at,
    suspendedAt: row.suspended_at ?? undefined,
    reason: row.suspension_reason ?? undefined,
  };
}
