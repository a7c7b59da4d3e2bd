import { parseArgs } from 'node:util';
import { type Config, readConfig } from '../config.js';
import type { Database } from '../store/database.js';
import { migrate } from '../store/migrate.js';
import { type Command, UsageError } from './command.js';
import { demoConfiguration } from './demo-configuration.js';
import { openDatabase } from './open-database.js';

/** What an operator asked for, with the installation that it is asked of. */
export interface OperatorCall extends OperatorOptions {
  readonly config: Config;
  readonly database: Database;
}

interface OperatorOptions {
  readonly positionals: readonly string[];
  readonly all: boolean;
  readonly by: string | undefined;
  readonly reason: string | undefined;
}

/** What is printed: the text, or with --json the value; `code` is the exit code. */
export interface OperatorOutput {
  readonly code: number;
  readonly text: string;
  readonly json: unknown;
}

export interface OperatorCommand {
  readonly summary: string;
  /** Up to where the options begin that all such commands take. */
  readonly usage: string;
  readonly exitCodes: string;
  /** Which of --all, --by and --reason it takes. */
  readonly takes: readonly ('all' | 'by' | 'reason')[];
  readonly subcommands: Readonly<Record<string, (call: OperatorCall) => Promise<OperatorOutput>>>;
  /** Throws UsageError where the configuration does not offer what the command is about. */
  readonly require?: (config: Config) => void;
}

/** A command by which an operator looks at the store of an installation and decides: opens it, does one subcommand, closes it. */
export function createOperatorCommand(described: OperatorCommand): Command {
  return {
    summary: described.summary,
    help: `${described.usage}${options}Exit codes: ${described.exitCodes}\n`,
    run: async ([name = '', ...parameters]) => {
      const { configuration, json, ...given } = readOptions(parameters, described.takes);
      const { subcommands } = described;
      const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
      if (subcommand === undefined) throw new UsageError(`give one of: ${Object.keys(subcommands).join(', ')}`);
      const config = readConfig(configuration);
      described.require?.(config);
      const database = await openDatabase(config, (cause) => process.stderr.write(`${String(cause)}\n`));
      try {
        await migrate(database);
        const output = await subcommand({ ...given, config, database });
        process.stdout.write(json ? `${JSON.stringify(output.json, null, 2)}\n` : output.text);
        return output.code;
      } finally {
        await database.close();
      }
    },
  };
}

const options = `
  --config FILE      the installation
  --data-dir DIR     the demo's folder (default .postern), in place of --config
  --json             print the result as JSON

With the embedded store the server has to be stopped first: one process at a time may open it.
`;

function readOptions(parameters: readonly string[], takes: OperatorCommand['takes']) {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: {
      config: { type: 'string' },
      'data-dir': { type: 'string', default: '.postern' },
      all: { type: 'boolean', default: false },
      by: { type: 'string' },
      reason: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const { all, by, reason, json } = values;
  const given = { all: all || undefined, by, reason };
  for (const name of ['all', 'by', 'reason'] as const) {
    if (given[name] !== undefined && !takes.includes(name)) throw new UsageError(`--${name} means nothing here`);
  }
  const configuration = values.config ?? demoConfiguration(values['data-dir']);
  return { configuration, json, positionals, all, by, reason };
}
