import type { Sql } from './database.js';

const mostLive = 5;

interface NewToken {
  readonly clientId: string;
  readonly tokenHash: string;
  readonly issuedAt: Date;
}

/** The first registration access token of a client, by its hash, in the transaction that writes the client. */
export async function insertFirstToken(sql: Sql, token: NewToken): Promise<void> {
  await sql.query('insert into registration_access_token (token_hash, client_id, issued_at) values ($1, $2, $3)', [
    token.tokenHash,
    token.clientId,
    token.issuedAt,
  ]);
}

/** Adds a registration access token, by its hash, and ends all but the newest live ones; its client must be there. */
export async function insertRegistrationToken(sql: Sql, token: NewToken): Promise<void> {
  // The row of the client is the lock under which its tokens are counted; a weaker one than "for update", which rows that
  // refer to the client would wait for and could deadlock with.
  await sql.query('select client_id from client where client_id = $1 for no key update', [token.clientId]);
  await sql.query(
    `update registration_access_token set ended_at = $2
     where client_id = $1 and ended_at is null and token_hash not in (
       select token_hash from registration_access_token
       where client_id = $1 and ended_at is null order by issued_at desc, token_hash limit ${mostLive - 1})`,
    [token.clientId, token.issuedAt],
  );
  await insertFirstToken(sql, token);
}

/** The hashes of the live registration access tokens of a client, if it is of that organisation. */
export async function readRegistrationTokenHashes(
  sql: Sql,
  sought: { readonly clientId: string; readonly organizationIdentifier: string },
): Promise<readonly string[]> {
  const rows = await sql.query<{ token_hash: string }>(
    `select token_hash from registration_access_token join client using (client_id)
     where client_id = $1 and organization_identifier = $2 and registration_access_token.ended_at is null`,
    [sought.clientId, sought.organizationIdentifier],
  );
  return rows.map((row) => row.token_hash);
}

/** Ends every live registration access token of a client. */
export async function endRegistrationTokens(sql: Sql, clientId: string, at: Date): Promise<void> {
  await sql.query('update registration_access_token set ended_at = $2 where client_id = $1 and ended_at is null', [
    clientId,
    at,
  ]);
}

/** Ends a live registration access token of an organisation; answers whose it was, undefined when it is none of theirs that lives. */
export async function endRegistrationToken(
  sql: Sql,
  { tokenHash, organizationIdentifier }: { readonly tokenHash: string; readonly organizationIdentifier: string },
  at: Date,
): Promise<string | undefined> {
  const rows = await sql.query<{ client_id: string }>(
    `update registration_access_token set ended_at = $3 where token_hash = $1 and ended_at is null
       and client_id in (select client_id from client where organization_identifier = $2)
     returning client_id`,
    [tokenHash, organizationIdentifier, at],
  );
  return rows[0]?.client_id;
}

/** Whose a registration access token is or was; undefined when nobody was ever given it. */
export async function readTokenOwner(
  sql: Sql,
  tokenHash: string,
): Promise<
  { readonly clientId: string; readonly organizationIdentifier: string; readonly ended: boolean } | undefined
> {
  const [row] = await sql.query<{ client_id: string; organization_identifier: string; ended: boolean }>(
    `select client_id, organization_identifier,
       registration_access_token.ended_at is not null or client.ended_at is not null as ended
     from registration_access_token join client using (client_id) where token_hash = $1`,
    [tokenHash],
  );
  if (row === undefined) return undefined;
  return { clientId: row.client_id, organizationIdentifier: row.organization_identifier, ended: row.ended };
}
