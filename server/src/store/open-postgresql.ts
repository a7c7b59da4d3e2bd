import pg from 'pg';
import type { Database, Sql } from './database.js';

const serializationFailures = new Set(['40001', '40P01']);
const mostAttempts = 5;

/** Opens a pool on PostgreSQL 15 or later; `url` is a connection string. Ends waiting statements after 5 s. */
export function openPostgresql(url: string, onFault: (cause: unknown) => void): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 5_000,
    keepAlive: true,
  });
  pool.on('error', onFault);
  return {
    kind: 'postgresql',
    query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await pool.query<Row>(toStatement(text, values))).rows,
    transaction: (work) => inTransaction(pool, work, 1),
    close: () => pool.end(),
  };
}

const names = new Map<string, string>();
const mostNames = 1_000;

/**
 * A statement with values is prepared once on each connection: to parse and plan it costs the server more than to run it. A text
 * without values may hold several statements, which cannot be prepared.
 */
function toStatement(text: string, values: readonly unknown[]): pg.QueryConfig {
  if (values.length === 0) return { text };
  const known = names.get(text);
  if (known !== undefined) return { name: known, text, values: [...values] };
  if (names.size >= mostNames) return { text, values: [...values] };
  const name = `q${names.size}`;
  names.set(text, name);
  return { name, text, values: [...values] };
}

async function inTransaction<T>(pool: pg.Pool, work: (sql: Sql) => Promise<T>, attempt: number): Promise<T> {
  const connection = await pool.connect();
  let broken: Error | undefined;
  try {
    await connection.query('begin');
    const result = await work({
      query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
        (await connection.query<Row>(toStatement(text, values))).rows,
    });
    await connection.query('commit');
    return result;
  } catch (cause) {
    await connection.query('rollback').catch((fault: Error) => {
      broken = fault;
    });
    if (attempt >= mostAttempts || !isSerializationFailure(cause)) throw cause;
  } finally {
    connection.release(broken);
  }
  return inTransaction(pool, work, attempt + 1);
}

function isSerializationFailure(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && serializationFailures.has(String(cause.code));
}
