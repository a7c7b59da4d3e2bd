import type { ClientPlace } from './clients.js';
import type { Sql } from './database.js';

/** What an organisation has already, where it asks for one registration more. */
export interface OrganizationRoom {
  /** Its living registrations in that brand and environment, counted no further than asked. */
  readonly clients: number;
  /** Why the bank has suspended the one that it suspended first in that environment, of any brand; undefined when there is none. */
  readonly suspension: string | undefined;
}

/** Holds an organisation until the transaction ends: another that asks for it waits. Rows that refer to it may be written meanwhile. */
export async function lockOrganization(sql: Sql, organizationIdentifier: string): Promise<void> {
  await sql.query('select identifier from organization where identifier = $1 for no key update', [
    organizationIdentifier,
  ]);
}

/** Counts the registrations of an organisation, no further than `most`. */
export async function readOrganizationRoom(
  sql: Sql,
  sought: ClientPlace & { readonly organizationIdentifier: string },
  most: number,
): Promise<OrganizationRoom> {
  const [row] = await sql.query<{ clients: number; suspension: string | null }>(
    `select (select count(*)::int from (select 1 from client where organization_identifier = $1 and brand = $2
         and environment = $3 and ended_at is null limit $4) as living) as clients,
       (select suspension_reason from client where organization_identifier = $1 and environment = $3
         and suspended_at is not null and ended_at is null order by suspended_at, client_id limit 1) as suspension`,
    [sought.organizationIdentifier, sought.brand, sought.environment, most],
  );
  return { clients: row?.clients ?? 0, suspension: row?.suspension ?? undefined };
}
