import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '../config.js';
import type { Database } from '../store/database.js';
import { grantToServer, roleName } from '../store/grant-to-server.js';
import { migrate } from '../store/migrate.js';
import { type Command, UsageError } from './command.js';
import { openDatabase } from './open-database.js';

const help = `Usage: postern migrate --config FILE [--grant-to ROLE]

\`serve\` does the same at its start, where its role may.

  --grant-to ROLE   gives a role of PostgreSQL what \`serve\` needs and no more: it cannot change or delete what the audit holds.
                    Run as the owner of the tables, who is then not the role of the server, and again after each update.
`;

export const migrateCommand: Command = {
  summary: 'bring the store to the newest schema',
  help,
  run: async (parameters) => {
    const options = { config: { type: 'string' }, 'grant-to': { type: 'string' } } as const;
    const { values } = parseArgs({ args: [...parameters], options });
    if (values.config === undefined) throw new UsageError('give --config FILE');
    const role = values['grant-to'];
    if (role !== undefined && !roleName.test(role))
      throw new UsageError('--grant-to takes a role of lower-case letters, digits and underscores');
    const config = readConfig(values.config);
    if (role !== undefined && config.store.kind !== 'postgresql')
      throw new UsageError('--grant-to is for PostgreSQL: the embedded store has no roles');
    const database = await openDatabase(config, (cause) => process.stderr.write(`${String(cause)}\n`));
    process.stdout.write(await bringUp(database, role).finally(() => database.close()));
    return 0;
  },
};

async function bringUp(database: Database, role: string | undefined): Promise<string> {
  const applied = await migrate(database);
  const told = applied.length === 0 ? 'Nothing to do.\n' : applied.map((name) => `applied ${name}\n`).join('');
  if (role === undefined) return told;
  if (!(await grantToServer(database, role)))
    throw new ConfigError('store', [
      `run it as the owner of the tables, for another role that is no superuser: nothing binds ${role} as it is`,
    ]);
  return `${told}${role} may serve, and only add to the audit.\n`;
}
