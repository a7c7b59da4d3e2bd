import { type Config, ConfigError, readReference } from '../config.js';
import type { Database } from '../store/database.js';
import { DirectoryInUse } from '../store/lock-directory.js';
import { openPostgresql } from '../store/open-postgresql.js';

/** Opens the store that the configuration names; `onFault` hears of connections that break while idle. Throws ConfigError. */
export async function openDatabase(config: Config, onFault: (cause: unknown) => void): Promise<Database> {
  if (config.store.kind === 'postgresql') return openPostgresql(readReference(config.store.url).trim(), onFault);
  // Loaded where it is used: a production server has no need of the embedded database's code.
  const { openEmbedded } = await import('../store/open-embedded.js');
  try {
    return await openEmbedded(config.store.directory);
  } catch (cause) {
    throw cause instanceof DirectoryInUse ? new ConfigError('store', [cause.message]) : cause;
  }
}
