import { type Connection, openConnection } from '../http/connection.js';
import type { Settings } from '../profile/settings.js';
import { readNamedFile } from './read-named-file.js';
import { requireSetting } from './require-setting.js';

/** Runs `use` over a connection to the bank under the QWAC of the settings, and closes it. */
export async function withBankConnection<T>(values: Settings, use: (connection: Connection) => Promise<T>): Promise<T> {
  const certificate = await readNamedFile(requireSetting(values, 'qwac'));
  const key = await readNamedFile(requireSetting(values, 'qwacKey'));
  const ca = values.ca === undefined ? {} : { ca: await readNamedFile(values.ca) };
  const connection = openConnection({ certificate, key, ...ca });
  try {
    return await use(connection);
  } finally {
    connection.close();
  }
}
