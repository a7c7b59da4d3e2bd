import type { Database } from '../../server/src/store/database.js';
import { openEmbedded } from '../../server/src/store/open-embedded.js';
import { openPostgresql } from '../../server/src/store/open-postgresql.js';
import { findPostgresql, startPostgresql } from './start-postgresql.js';

export type OpenStore = () => Promise<Database>;

/** Both stores, for `describe.each`; PostgreSQL only where the machine has it. Closing the store stops its server. */
export const eachStore: readonly (readonly [kind: string, open: OpenStore])[] = [
  ['embedded', () => openEmbedded(undefined)],
  ...(findPostgresql() === undefined ? [] : ([['postgresql', openTemporary]] as const)),
];

async function openTemporary(): Promise<Database> {
  const server = await startPostgresql();
  const database = openPostgresql(server.url, () => undefined);
  return {
    ...database,
    close: async () => {
      await database.close();
      await server.stop();
    },
  };
}
