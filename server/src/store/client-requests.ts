import type { ClientPlace } from './clients.js';
import type { Sql } from './database.js';

/** A registration request that was answered with a client, under one of the keys by which a repetition is known. */
export interface RegistrationRequest {
  readonly requestKey: string;
  readonly bodyHash: string;
  readonly clientId: string;
}

/** Whose request, where, and since when requests count as repeated. */
export interface RequestScope extends ClientPlace {
  readonly organizationIdentifier: string;
  readonly since: Date;
}

/** The requests under these keys whose client lives. */
export async function readRegistrationRequests(
  sql: Sql,
  scope: RequestScope,
  requestKeys: readonly string[],
): Promise<readonly RegistrationRequest[]> {
  const values: unknown[] = [scope.organizationIdentifier, scope.brand, scope.environment, scope.since];
  const places = requestKeys.map((key) => `$${values.push(key)}`);
  const rows = await sql.query<{ request_key: string; body_hash: string; client_id: string }>(
    `select request_key, body_hash, client_id from registration_request join client using (client_id)
     where registration_request.organization_identifier = $1 and registration_request.brand = $2
       and registration_request.environment = $3 and received_at > $4 and ended_at is null
       and request_key in (${places.join(', ')})`,
    values,
  );
  return rows.map((row) => ({ requestKey: row.request_key, bodyHash: row.body_hash, clientId: row.client_id }));
}

/** Keeps a request under its key; false when another one, that still counts, has the key. */
export async function insertRegistrationRequest(
  sql: Sql,
  scope: RequestScope,
  request: RegistrationRequest & { readonly receivedAt: Date },
): Promise<boolean> {
  const rows = await sql.query(
    `insert into registration_request (organization_identifier, brand, environment, request_key, body_hash, client_id, received_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (organization_identifier, brand, environment, request_key) do update
       set body_hash = excluded.body_hash, client_id = excluded.client_id, received_at = excluded.received_at
       where registration_request.received_at <= $8 or exists (
         select 1 from client where client.client_id = registration_request.client_id and client.ended_at is not null)
     returning request_key`,
    [
      scope.organizationIdentifier,
      scope.brand,
      scope.environment,
      request.requestKey,
      request.bodyHash,
      request.clientId,
      request.receivedAt,
      scope.since,
    ],
  );
  return rows.length > 0;
}
