import type { Sql } from './database.js';

/** Takes or keeps a lease by the store's clock; false while another holder has it. Whoever holds it may stop at any moment. */
export async function takeLease(
  sql: Sql,
  lease: { readonly name: string; readonly holder: string; readonly seconds: number },
): Promise<boolean> {
  const rows = await sql.query(
    `insert into lease (name, holder, until) values ($1, $2, now() + $3 * interval '1 second')
     on conflict (name) do update set holder = excluded.holder, until = excluded.until
     where lease.holder = excluded.holder or lease.until < now() returning name`,
    [lease.name, lease.holder, lease.seconds],
  );
  return rows.length > 0;
}

/** Gives a lease back before its end, so that another node need not wait for it. */
export async function releaseLease(sql: Sql, lease: { readonly name: string; readonly holder: string }): Promise<void> {
  await sql.query('delete from lease where name = $1 and holder = $2', [lease.name, lease.holder]);
}
