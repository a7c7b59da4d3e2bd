import { type Config, readReference } from '../config.js';
import type { Database } from '../store/database.js';
import { openPostgresql } from '../store/open-postgresql.js';

/** Opens the store that the configuration names; `onFault` hears of connections that break while idle. */
export async function openDatabase(config: Config, onFault: (cause: unknown) => void): Promise<Database> {
  if (config.store.kind === 'postgresql') return openPostgresql(readReference(config.store.url).trim(), onFault);
  // Loaded where it is used: a production server has no need of the embedded database's code.
  const { openEmbedded } = await import('../store/open-embedded.js');
  return openEmbedded(config.store.directory);
}
