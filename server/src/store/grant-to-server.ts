import type { Database, Sql } from './database.js';

/** What is only ever added to: events, and decisions with what they were made on. */
const addedTo = ['audit_event', 'decision', 'decision_evidence', 'evidence'] as const;

const ways = [
  'expire_audit_events(timestamptz, integer)',
  'expire_decisions(timestamptz, integer)',
  'drop_idle_evidence(text[])',
] as const;

/** A name of a role that needs no care in any tool. */
export const roleName = /^[a-z_][a-z0-9_]{0,62}$/;

/**
 * Gives a role what `serve` needs and no more: of the audit it reads and adds, and neither changes nor deletes; what is past its time goes by
 * functions that know how long that is. Run by the owner of the tables, after each migration. PostgreSQL only. False where the grants do not
 * bind: who runs it does not own the tables (PostgreSQL only warns of that), or the role does, or is a superuser; nothing is then changed.
 */
export async function grantToServer(database: Database, role: string): Promise<boolean> {
  if (!roleName.test(role)) throw new RangeError('not a name of a role');
  const [place] = await database.query<{ schema: string }>('select quote_ident(current_schema()) as schema');
  try {
    await database.transaction(async (sql) => {
      for (const statement of statements(role, place?.schema ?? 'public')) await sql.query(statement);
      if (!(await binds(sql, role))) throw new NotBinding();
    });
    return true;
  } catch (cause) {
    if (cause instanceof NotBinding) return false;
    throw cause;
  }
}

class NotBinding extends Error {}

async function binds(sql: Sql, role: string): Promise<boolean> {
  const rows = await sql.query<{ adds: boolean; alters: boolean }>(
    `select has_table_privilege($1, held, 'insert') as adds, has_table_privilege($1, held, 'delete, truncate') as alters
     from unnest($2::text[]) as held`,
    [role, [...addedTo]],
  );
  return rows.every(({ adds, alters }) => adds && !alters);
}

function statements(role: string, schema: string): readonly string[] {
  return [
    `grant usage on schema ${schema} to ${role}`,
    `grant select, insert, update, delete on all tables in schema ${schema} to ${role}`,
    `revoke insert, update, delete on migration from ${role}`,
    ...addedTo.map((table) => `revoke update, delete, truncate on ${table} from ${role}`),
    // To hold a row while a transaction refers to it is a right to update something: this column decides nothing.
    `grant update (kept_at) on evidence to ${role}`,
    ...ways.map((way) => `grant execute on function ${way} to ${role}`),
  ];
}
