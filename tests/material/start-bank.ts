import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createLogger } from '../../server/src/commands/create-logger.js';
import { startDemoWorld } from '../../server/src/commands/start-demo-world.js';
import { type RunningServer, startServer } from '../../server/src/commands/start-server.js';
import { type Config, readConfig } from '../../server/src/config.js';
import type { FetchNetwork } from '../../server/src/fetch/guarded-fetch.js';
import type { Database } from '../../server/src/store/database.js';
import { openEmbedded } from '../../server/src/store/open-embedded.js';
import { openPostgresql } from '../../server/src/store/open-postgresql.js';
import type { TppSurroundings } from './enroll.js';
import { findPortBase } from './find-port-base.js';
import type { CommandResult } from './start-demo.js';
import { findPostgresql, startPostgresql, type TemporaryPostgresql } from './start-postgresql.js';

export interface BankPlan {
  readonly change?: (config: Config) => Config;
  /** In the place of the operating system's network, for what third parties name. */
  readonly strangers?: FetchNetwork;
  /** The server's; of the machine when left out. */
  readonly clock?: () => Date;
}

/** A bank whose server runs in the test's own process, over real TLS, in a demo world of its own. */
export interface RunningBank extends TppSurroundings {
  /** Runs a command of `postern` on its configuration. Where the store is embedded, the server is stopped meanwhile. */
  operate(...parameters: readonly string[]): Promise<CommandResult>;
  /** Reads the store, once what waits to be written is there. */
  read<Row extends object>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Stops the server and starts it with another configuration on the same store. */
  reconfigure(change: (config: Config) => Config): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the bank on PostgreSQL where the machine has it, and otherwise on the embedded store. */
export async function startBank({ change = (config) => config, strangers, clock }: BankPlan): Promise<RunningBank> {
  const directory = mkdtempSync(join(tmpdir(), 'postern-bank-'));
  const portBase = await findPortBase();
  const world = await startDemoWorld({ dataDirectory: directory, portBase });
  const postgresql = findPostgresql() === undefined ? undefined : await startPostgresql();
  let config = writeConfig(directory, change(withStore(readConfig(world.configuration), directory, postgresql)));
  const start = () => startServer({ ...running, config, ...(clock && { clock }), ...(strangers && { strangers }) });
  let server: RunningServer = await start();
  const beside = async <T>(work: () => Promise<T>): Promise<T> => {
    if (postgresql !== undefined) return work();
    await server.stop();
    return work().finally(async () => {
      server = await start();
    });
  };
  return {
    addresses: { api: config.listeners.api.publicUrl, web: config.listeners.web.publicUrl, trust: world.url },
    ca: readFileSync(join(directory, 'demo', 'tls', 'ca.pem'), 'utf8'),
    operate: (...parameters) => beside(() => runPostern([...parameters, '--config', join(directory, 'bank.json')])),
    read: (text, values) => beside(() => readOnce(openStore(directory, postgresql), text, values)),
    reconfigure: async (other) => {
      await server.stop();
      config = writeConfig(directory, other(config));
      server = await start();
    },
    stop: async () => {
      await server.stop();
      await postgresql?.stop();
      await world.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const running = { role: 'all', logger: createLogger('silent'), clock: () => new Date() } as const;

function withStore(config: Config, directory: string, postgresql: TemporaryPostgresql | undefined): Config {
  if (postgresql === undefined)
    return { ...config, store: { kind: 'embedded', directory: join(directory, 'bank-store') } };
  const file = join(directory, 'database-url');
  writeFileSync(file, postgresql.url);
  return { ...config, store: { kind: 'postgresql', url: { file } } };
}

function writeConfig(directory: string, config: Config): Config {
  writeFileSync(join(directory, 'bank.json'), JSON.stringify(config));
  return readConfig(join(directory, 'bank.json'));
}

async function openStore(directory: string, postgresql: TemporaryPostgresql | undefined): Promise<Database> {
  return postgresql === undefined
    ? openEmbedded(join(directory, 'bank-store'))
    : openPostgresql(postgresql.url, () => undefined);
}

async function readOnce<Row extends object>(
  opening: Promise<Database>,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  const database = await opening;
  try {
    return await database.query<Row>(text, values);
  } finally {
    await database.close();
  }
}

/** Runs a command of `postern`; answers its exit code and what it said. */
export async function runPostern(parameters: readonly string[]): Promise<CommandResult> {
  const program = fileURLToPath(new URL('../../server/bin/postern.mjs', import.meta.url));
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [program, ...parameters])) };
  } catch (cause) {
    const { code, stdout, stderr } = cause as CommandResult;
    return { code, stdout, stderr };
  }
}
