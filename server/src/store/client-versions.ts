import type { ClientPlace } from './clients.js';
import type { Sql } from './database.js';

/** A client of an organisation that is asked for by its id. */
export interface OwnedClient extends ClientPlace {
  readonly clientId: string;
  readonly organizationIdentifier: string;
}

/**
 * What tells whether anything that is answered about a client has changed: another text after each write of its row, which goes
 * with each change of its keys, or of the review of its names. Undefined in the place of one that there is not. In one query.
 */
export async function readClientVersions(
  sql: Sql,
  sought: readonly OwnedClient[],
): Promise<readonly (string | undefined)[]> {
  const rows = await sql.query<{ position: string; version: string }>(
    `select position, client.xmin::text || '.' || coalesce(name_review.xmin::text, '') as version
     from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality
       as wanted (client_id, brand, environment, organization_identifier, position)
     join client on client.client_id = wanted.client_id and client.brand = wanted.brand
       and client.environment = wanted.environment
       and client.organization_identifier = wanted.organization_identifier and client.ended_at is null
     left join name_review on name_review.client_id = client.client_id`,
    [
      sought.map(({ clientId }) => clientId),
      sought.map(({ brand }) => brand),
      sought.map(({ environment }) => environment),
      sought.map(({ organizationIdentifier }) => organizationIdentifier),
    ],
  );
  const versions = new Map(rows.map(({ position, version }) => [Number(position), version]));
  return sought.map((_, at) => versions.get(at + 1));
}
