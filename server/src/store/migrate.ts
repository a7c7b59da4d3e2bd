import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Database, Sql } from './database.js';

const directory = fileURLToPath(new URL('../../migrations/', import.meta.url));
const lockNumber = 7_065_737;

/** Applies the migrations that are missing, in order, in one transaction under an advisory lock; returns their names. */
export async function migrate(database: Database): Promise<readonly string[]> {
  return database.transaction(async (sql) => {
    await sql.query('select pg_advisory_xact_lock($1)', [lockNumber]);
    const [known] = await sql.query<{ there: boolean }>("select to_regclass('migration') is not null as there");
    // Not "if not exists": a role that may make no tables may not ask for that either.
    if (known?.there !== true)
      await sql.query('create table migration (name text primary key, applied_at timestamptz not null)');
    const applied = new Set((await sql.query<{ name: string }>('select name from migration')).map((row) => row.name));
    const missing = migrationNames().filter((name) => !applied.has(name));
    for (const name of missing) await apply(sql, name);
    return missing;
  });
}

function migrationNames(): readonly string[] {
  return readdirSync(directory)
    .filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name))
    .sort();
}

async function apply(sql: Sql, name: string): Promise<void> {
  const text = readFileSync(`${directory}${name}`, 'utf8');
  for (const statement of text.replaceAll(/^--.*$/gm, '').split(/;\s*$/m)) {
    if (statement.trim() !== '') await sql.query(statement);
  }
  await sql.query('insert into migration (name, applied_at) values ($1, now())', [name]);
}
