import type { Sql } from './database.js';

export async function insertOperatorLink(
  sql: Sql,
  { secretHash, expiresAt }: { readonly secretHash: string; readonly expiresAt: Date },
): Promise<void> {
  await sql.query('insert into operator_link (secret_hash, expires_at) values ($1, $2)', [secretHash, expiresAt]);
}

/** Uses a link, once: false when it was used before, is too old, or never was one. */
export async function spendOperatorLink(sql: Sql, secretHash: string, now: Date): Promise<boolean> {
  const rows = await sql.query(
    'update operator_link set used_at = $2 where secret_hash = $1 and used_at is null and expires_at > $2 returning secret_hash',
    [secretHash, now],
  );
  return rows.length > 0;
}
