import { parseArgs } from 'node:util';
import { readConfig } from '../config.js';
import { migrate } from '../store/migrate.js';
import { type Command, UsageError } from './command.js';
import { openDatabase } from './open-database.js';

export const migrateCommand: Command = {
  summary: 'bring the store to the newest schema',
  help: 'Usage: postern migrate --config FILE\n\n`serve` does the same at its start.\n',
  run: async (parameters) => {
    const { values } = parseArgs({ args: [...parameters], options: { config: { type: 'string' } } });
    if (values.config === undefined) throw new UsageError('give --config FILE');
    const database = await openDatabase(readConfig(values.config), (cause) =>
      process.stderr.write(`${String(cause)}\n`),
    );
    const applied = await migrate(database).finally(() => database.close());
    process.stdout.write(
      applied.length === 0 ? 'Nothing to do.\n' : applied.map((name) => `applied ${name}\n`).join(''),
    );
    return 0;
  },
};
