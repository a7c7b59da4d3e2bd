import type { Sql } from './database.js';

/** A refresh token as kept: its SHA-256 only. All tokens of a grant are one family and end with it. */
export interface StoredRefreshToken {
  readonly tokenHash: string;
  readonly grantId: string;
  readonly clientId: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

export async function insertRefreshToken(sql: Sql, token: StoredRefreshToken): Promise<void> {
  await sql.query(
    'insert into refresh_token (token_hash, grant_id, client_id, issued_at, expires_at) values ($1, $2, $3, $4, $5)',
    [token.tokenHash, token.grantId, token.clientId, token.issuedAt, token.expiresAt],
  );
}

/** The token with when its first successor was issued; the row stays locked until the transaction ends. */
export async function lockRefreshToken(
  sql: Sql,
  tokenHash: string,
): Promise<(StoredRefreshToken & { readonly rotatedAt: Date | undefined }) | undefined> {
  const rows = await sql.query<TokenRow>(
    `select token_hash, grant_id, client_id, issued_at, expires_at, rotated_at
     from refresh_token where token_hash = $1 for update`,
    [tokenHash],
  );
  return rows.map((row) => ({
    tokenHash: row.token_hash,
    grantId: row.grant_id,
    clientId: row.client_id,
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    rotatedAt: row.rotated_at ?? undefined,
  }))[0];
}

/** Notes that a successor was issued; later ones, within the grace, do not move that time. */
export async function markRotated(sql: Sql, tokenHash: string, at: Date): Promise<void> {
  await sql.query('update refresh_token set rotated_at = $2 where token_hash = $1 and rotated_at is null', [
    tokenHash,
    at,
  ]);
}

interface TokenRow {
  readonly token_hash: string;
  readonly grant_id: string;
  readonly client_id: string;
  readonly issued_at: Date;
  readonly expires_at: Date;
  readonly rotated_at: Date | null;
}
