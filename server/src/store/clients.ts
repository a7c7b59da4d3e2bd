import type { RegisteredMetadata } from '@postern/core/registration/client-metadata.js';
import type { RegisteredKey } from '@postern/core/registration/registered-key.js';
import { allBrands, type Environment } from '../realm.js';
import type { Sql } from './database.js';
import type { NameStanding } from './name-reviews.js';

/** A client of an organisation in one environment of one brand. */
export interface RegisteredClient {
  readonly clientId: string;
  readonly brand: string;
  readonly environment: Environment;
  readonly organizationIdentifier: string;
  /** The organisation's legal name as the register last gave it. */
  readonly legalName: string;
  readonly metadata: RegisteredMetadata;
  /** In the order in which they were registered. */
  readonly keys: readonly RegisteredKey[];
  readonly issuedAt: Date;
  /** What is thought of its names; undefined where nobody has judged them, which shows none. */
  readonly nameStanding?: NameStanding | undefined;
  /** Why the bank has suspended it; undefined while it has not. */
  readonly suspension?: string | undefined;
}

/** Where a client is looked for: a client_id is known in one environment, of one brand or under `allBrands`. */
export interface ClientPlace {
  readonly brand: string;
  readonly environment: Environment;
}

/** Writes a new client with its keys; `registeredWith` is the thumbprint of the QWAC. Its organisation must be there. */
export async function insertClient(
  sql: Sql,
  client: Omit<RegisteredClient, 'legalName'>,
  registeredWith: string,
): Promise<void> {
  await sql.query(
    `with entered as (
       insert into client (client_id, brand, environment, organization_identifier, metadata, registered_with, issued_at)
       values ($1, $3, $4, $5, $6, $7, $8)
     )
     ${insertKeys}`,
    [
      client.clientId,
      renderKeys(client.keys),
      client.brand,
      client.environment,
      client.organizationIdentifier,
      JSON.stringify(client.metadata),
      registeredWith,
      client.issuedAt,
    ],
  );
}

/** Puts metadata and keys in the place of those that are registered. Keys that are not among the new ones end with this. */
export async function replaceClient(
  sql: Sql,
  client: Pick<RegisteredClient, 'clientId' | 'metadata' | 'keys'>,
  at: Date,
): Promise<void> {
  await sql.query('update client set metadata = $2, updated_at = $3 where client_id = $1', [
    client.clientId,
    JSON.stringify(client.metadata),
    at,
  ]);
  await sql.query('delete from client_key where client_id = $1', [client.clientId]);
  await sql.query(insertKeys, [client.clientId, renderKeys(client.keys)]);
}

/** Ends a client. What it held is kept for the record, and counts no more: everything asks whether the client lives. */
export async function endClient(sql: Sql, clientId: string, at: Date): Promise<void> {
  await sql.query('update client set ended_at = $2 where client_id = $1', [clientId, at]);
}

/** The keys ($2) of a client ($1), in their order. */
const insertKeys = `
  insert into client_key (client_id, kid, x5u, alias, x5c, position)
  select $1, kid, x5u, alias, x5c, position
  from json_to_recordset($2::json) as key (kid text, x5u text, alias text, x5c jsonb, position int)`;

function renderKeys(keys: readonly RegisteredKey[]): string {
  return JSON.stringify(keys.map(({ kid, x5u, alias, x5c }, position) => ({ kid, x5u, alias, x5c, position })));
}

/** A client by its id, and only if it is of an organisation where one is given. */
export interface SoughtClient extends ClientPlace {
  readonly clientId: string;
  readonly organizationIdentifier?: string;
}

/** The client of that id that is registered in exactly that brand and environment, to be managed there; undefined when there is none or it has ended. */
export async function readClient(sql: Sql, sought: SoughtClient): Promise<RegisteredClient | undefined> {
  const rows = await sql.query<ClientRow>(
    `${select} and client.client_id = $3 and ($4::text is null or client.organization_identifier = $4)`,
    [sought.brand, sought.environment, sought.clientId, sought.organizationIdentifier ?? null],
  );
  return rows.map(toClient)[0];
}

/** The client by which somebody acts at a brand: one of that brand, or one that is registered for all brands. */
export async function readActingClient(
  sql: Sql,
  sought: ClientPlace & { readonly clientId: string },
): Promise<RegisteredClient | undefined> {
  const rows = await sql.query<ClientRow>(
    `${selectClient} where client.brand in ($1, '${allBrands}') and client.environment = $2 and client.ended_at is null
       and client.client_id = $3`,
    [sought.brand, sought.environment, sought.clientId],
  );
  return rows.map(toClient)[0];
}

/**
 * That of `readClient`, with its row locked until the transaction ends. `change`: tokens and grants may be written meanwhile;
 * `end`: waits for those that are under way and lets none follow.
 */
export async function lockClient(
  sql: Sql,
  sought: SoughtClient,
  purpose: 'change' | 'end',
): Promise<RegisteredClient | undefined> {
  const strength = purpose === 'end' ? 'for update' : 'for no key update';
  await sql.query(`select client_id from client where client_id = $1 ${strength}`, [sought.clientId]);
  // A statement of its own: what another transaction has written while this one waited is seen only after the wait.
  return readClient(sql, sought);
}

/** All clients of an organisation in that brand and environment, oldest first. */
export async function readClientsOfOrganization(
  sql: Sql,
  sought: ClientPlace & { readonly organizationIdentifier: string },
): Promise<readonly RegisteredClient[]> {
  const rows = await sql.query<ClientRow>(
    `${select} and client.organization_identifier = $3 order by client.issued_at, client.client_id`,
    [sought.brand, sought.environment, sought.organizationIdentifier],
  );
  return rows.map(toClient);
}

const selectClient = `
  select client.client_id, client.brand, client.environment, client.organization_identifier, organization.legal_name,
    client.metadata, client.issued_at, client.suspension_reason,
    (select json_agg(json_build_object('kid', kid, 'x5u', x5u, 'alias', alias, 'x5c', x5c) order by position)
     from client_key where client_key.client_id = client.client_id) as keys,
    (select json_build_object('state', state, 'doubts', doubts) from name_review
     where name_review.client_id = client.client_id) as name_standing
  from client join organization on organization.identifier = client.organization_identifier`;

const select = `${selectClient}
  where client.brand = $1 and client.environment = $2 and client.ended_at is null`;

interface ClientRow {
  readonly client_id: string;
  readonly brand: string;
  readonly environment: Environment;
  readonly organization_identifier: string;
  readonly legal_name: string;
  readonly metadata: RegisteredMetadata;
  readonly issued_at: Date;
  readonly keys:
    | readonly {
        readonly kid: string;
        readonly x5u: string | null;
        readonly alias: string | null;
        readonly x5c: readonly string[];
      }[]
    | null;
  readonly name_standing: NameStanding | null;
  readonly suspension_reason: string | null;
}

function toClient(row: ClientRow): RegisteredClient {
  return {
    clientId: row.client_id,
    brand: row.brand,
    environment: row.environment,
    organizationIdentifier: row.organization_identifier,
    legalName: row.legal_name,
    metadata: row.metadata,
    keys: (row.keys ?? []).map(({ kid, x5u, alias, x5c }) => ({
      kid,
      x5u: x5u ?? undefined,
      x5c,
      ...(alias === null ? {} : { alias }),
    })),
    issuedAt: row.issued_at,
    nameStanding: row.name_standing ?? undefined,
    suspension: row.suspension_reason ?? undefined,
  };
}
