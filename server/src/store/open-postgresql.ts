import pg from 'pg';
import { createConnectionRoom } from './connection-room.js';
import type { Database, Sql } from './database.js';

const serializationFailures = new Set(['40001', '40P01']);
const mostAttempts = 5;
const mostConnections = 10;
/** Who asks is answered within a second, with what was asked for or that there is no room. */
const longestWait = 800;

/**
 * Opens a pool on PostgreSQL 15 or later; `url` is a connection string. Ends waiting statements after 5 s.
 * Throws Refusal SERVER_BUSY where no connection of the pool becomes free within 0.8 s.
 */
export function openPostgresql(url: string, onFault: (cause: unknown) => void): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: mostConnections,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 5_000,
    keepAlive: true,
  });
  pool.on('error', onFault);
  const room = createConnectionRoom({ most: mostConnections, milliseconds: longestWait });
  return {
    kind: 'postgresql',
    query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await room.use(() => pool.query<Row>(toStatement(text, values)))).rows,
    transaction: (work) => room.use(() => inTransaction(pool, work, 1)),
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
