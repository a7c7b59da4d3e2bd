import { type Config, ConfigError, readReference } from '../config.js';
import type { Database } from '../store/database.js';
import { DirectoryInUse } from '../store/lock-directory.js';
import { migrate } from '../store/migrate.js';
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

const insufficientPrivilege = '42501';

/** Brings the store up to date where its role may. Throws ConfigError where something is to be done that it may not do. */
export async function migrateAtStart(database: Database): Promise<void> {
  try {
    await migrate(database);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === insufficientPrivilege)) throw cause;
    await database.close();
    throw new ConfigError('store', [
      'it is not up to date, and this role may not bring it there: run postern migrate as its owner',
    ]);
  }
}
