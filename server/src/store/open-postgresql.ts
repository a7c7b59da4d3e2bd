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
      (await pool.query<Row>(text, [...values])).rows,
    transaction: (work) => inTransaction(pool, work, 1),
    close: () => pool.end(),
  };
}

async function inTransaction<T>(pool: pg.Pool, work: (sql: Sql) => Promise<T>, attempt: number): Promise<T> {
  const connection = await pool.connect();
  let broken: Error | undefined;
  try {
    await connection.query('begin');
    const result = await work({
      query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
        (await connection.query<Row>(text, [...values])).rows,
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
