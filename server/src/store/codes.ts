import type { Sql } from './database.js';

/** An authorization code as kept: its SHA-256 only. */
export interface StoredCode {
  readonly codeHash: string;
  readonly grantId: string;
  readonly clientId: string;
  /** As sent at the authorization endpoint. */
  readonly redirectUri: string;
  readonly codeChallenge: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

export async function insertCode(sql: Sql, code: StoredCode): Promise<void> {
  await sql.query(
    `insert into authorization_code (code_hash, grant_id, client_id, redirect_uri, code_challenge, issued_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [code.codeHash, code.grantId, code.clientId, code.redirectUri, code.codeChallenge, code.issuedAt, code.expiresAt],
  );
}

export async function readCode(
  sql: Sql,
  codeHash: string,
): Promise<(StoredCode & { readonly used: boolean }) | undefined> {
  const rows = await sql.query<CodeRow>(
    `select code_hash, grant_id, client_id, redirect_uri, code_challenge, issued_at, expires_at, used_at
     from authorization_code where code_hash = $1`,
    [codeHash],
  );
  return rows.map((row) => ({
    codeHash: row.code_hash,
    grantId: row.grant_id,
    clientId: row.client_id,
    redirectUri: row.redirect_uri,
    codeChallenge: row.code_challenge,
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    used: row.used_at !== null,
  }))[0];
}

/** Uses a code up; true for exactly one of all callers, whatever their clocks say. */
export async function spendCode(sql: Sql, codeHash: string, at: Date): Promise<boolean> {
  const rows = await sql.query<{ code_hash: string }>(
    'update authorization_code set used_at = $2 where code_hash = $1 and used_at is null returning code_hash',
    [codeHash, at],
  );
  return rows.length > 0;
}

interface CodeRow {
  readonly code_hash: string;
  readonly grant_id: string;
  readonly client_id: string;
  readonly redirect_uri: string;
  readonly code_challenge: string;
  readonly issued_at: Date;
  readonly expires_at: Date;
  readonly used_at: Date | null;
}
