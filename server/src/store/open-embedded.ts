import { PGlite } from '@electric-sql/pglite';
import type { Database, Sql } from './database.js';
import { lockDirectory } from './lock-directory.js';

/**
 * Opens the embedded store in `directory` (in memory when undefined), for trial, demo and tests only:
 * PGlite is not safe against a loss of power. One process at a time: the directory is locked.
 */
export async function openEmbedded(directory: string | undefined): Promise<Database> {
  const unlock = directory === undefined ? () => undefined : lockDirectory(directory);
  const pglite = await (directory === undefined ? PGlite.create() : PGlite.create(`${directory}/pglite`));
  return {
    kind: 'embedded',
    query: (text, values) => query(pglite, text, values),
    transaction: <T>(work: (sql: Sql) => Promise<T>) =>
      pglite.transaction((transaction) =>
        work({ query: (text, values) => query(transaction, text, values) }),
      ) as Promise<T>,
    close: async () => {
      await pglite.close();
      unlock();
    },
  };
}

async function query<Row extends object>(
  runner: Pick<PGlite, 'query'>,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  return (await runner.query<Row>(text, [...values])).rows;
}
