import { type Config, readReference } from '../config.js';
import type { Database } from '../store/database.js';
import { openEmbedded } from '../store/open-embedded.js';
import { openPostgresql } from '../store/open-postgresql.js';

/** Opens the store that the configuration names; `onFault` hears of connections that break while idle. */
export function openDatabase(config: Config, onFault: (cause: unknown) => void): Promise<Database> {
  return config.store.kind === 'embedded'
    ? openEmbedded(config.store.directory)
    : Promise.resolve(openPostgresql(readReference(config.store.url).trim(), onFault));
}
