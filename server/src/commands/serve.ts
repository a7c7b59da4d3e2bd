import { renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Config, readConfig } from '../config.js';
import { type Command, UsageError } from './command.js';
import { createLogger } from './create-logger.js';
import { proveRuntime } from './prove-runtime.js';
import { describeInstallation, type ReadyFile } from './ready-file.js';
import { type Role, roles } from './role.js';
import { type DemoWorld, startDemoWorld } from './start-demo-world.js';
import { type RunningServer, startServer } from './start-server.js';
import { renderWelcome } from './welcome.js';

const help = `Usage: postern serve --config FILE [options]
       postern serve --demo [--data-dir DIR] [options]

  --config FILE      configuration (docs/configuration.md)
  --demo             serve the demo: its trust world is started beside, everything lives under --data-dir
  --data-dir DIR     where the demo keeps its files (default .postern)
  --port-base N      api on N, web N+1, operator N+2, management N+4, the demo's trust world N+5
  --role ROLE        ${roles.join(', ')} (default all)
  --ready-file FILE  written once connections are accepted: {"api", "web", "operator", "management", "ca", "brands"}
  --log-level LEVEL  debug, info, warn, error (default info; with --demo warn), JSON lines on standard error

DATABASE_URL puts PostgreSQL in the place of the embedded store.
Ctrl-C stops cleanly. Exit codes: 0 stopped, 64 wrong call, 70 fault, 78 configuration.
`;

export const serveCommand: Command = {
  summary: 'serve the door: api, web, operator and management listeners',
  help,
  run: async (parameters) => {
    const options = readOptions(parameters);
    const stopped = waitForSignal();
    const proof = proveRuntime();
    // Waited for where the listeners open: whatever fails before is told first.
    proof.catch(() => undefined);
    const world = options.demo
      ? await startDemoWorld({ dataDirectory: options.dataDirectory, portBase: options.portBase })
      : undefined;
    try {
      return await serveUntil(stopped, { options, world, proof });
    } finally {
      await world?.stop();
    }
  },
};

interface ServeOptions {
  readonly demo: boolean;
  readonly config: string | undefined;
  readonly dataDirectory: string;
  readonly portBase: number | undefined;
  readonly role: Role;
  readonly readyFile: string | undefined;
  readonly logLevel: string;
}

function readOptions(parameters: readonly string[]): ServeOptions {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      config: { type: 'string' },
      demo: { type: 'boolean', default: false },
      'data-dir': { type: 'string', default: '.postern' },
      'port-base': { type: 'string' },
      role: { type: 'string', default: 'all' },
      'ready-file': { type: 'string' },
      'log-level': { type: 'string' },
    },
  });
  if (values.demo === (values.config !== undefined)) throw new UsageError('give either --config FILE or --demo');
  const role = roles.find((known) => known === values.role);
  if (role === undefined) throw new UsageError(`--role is one of ${roles.join(', ')}`);
  return {
    demo: values.demo,
    config: values.config,
    dataDirectory: resolve(values['data-dir']),
    portBase: values['port-base'] === undefined ? undefined : readPortBase(values['port-base']),
    role,
    readyFile: values['ready-file'],
    logLevel: values['log-level'] ?? (values.demo ? 'warn' : 'info'),
  };
}

function readPortBase(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(port >= 1_024 && port <= 65_530)) throw new UsageError('--port-base is a number from 1024 to 65530');
  return port;
}

async function serveUntil(
  stopped: Promise<void>,
  { options, world, proof }: { options: ServeOptions; world: DemoWorld | undefined; proof: Promise<void> },
): Promise<number> {
  const file = world?.configuration ?? options.config ?? '';
  const config = world === undefined ? withPortBase(readConfig(file), options.portBase) : readConfig(file);
  const links = collectLinks();
  const server = await startServer({
    config,
    role: options.role,
    logger: createLogger(options.logLevel),
    clock: () => new Date(),
    proof,
    announceLink: links.announce,
  });
  const installation = describeInstallation(config, world?.url);
  announce(installation, { options, server, config, consoleLink: links.takeFirst() });
  await stopped;
  process.stdout.write('\nStopping …\n');
  await server.stop();
  return 0;
}

function announce(
  installation: ReadyFile,
  running: { options: ServeOptions; server: RunningServer; config: Config; consoleLink: string | undefined },
): void {
  const { options, server, config, consoleLink } = running;
  const text = `${JSON.stringify(installation, null, 2)}\n`;
  if (options.demo) writeWhole(join(options.dataDirectory, 'ready.json'), text);
  if (options.readyFile !== undefined) writeWhole(options.readyFile, text);
  process.stdout.write(
    renderWelcome(config, { installation, role: options.role, reports: server.reports(), consoleLink }),
  );
}

/** The first link into the console stands among the addresses; later ones are printed as they come. */
function collectLinks() {
  let first: string | undefined;
  let isAnnounced = false;
  return {
    announce: (link: string) => {
      if (isAnnounced) process.stdout.write(`\nInto the console, once: ${link}\n`);
      else first = link;
    },
    takeFirst: () => {
      isAnnounced = true;
      return first;
    },
  };
}

/** Whoever waits for the file finds all of it or nothing. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

function withPortBase(config: Config, base: number | undefined): Config {
  if (base === undefined) return config;
  const { api, web, operator, management } = config.listeners;
  const moved = (listener: typeof api, port: number) => {
    const url = new URL(listener.publicUrl);
    url.port = String(port);
    return { ...listener, port, publicUrl: url.origin };
  };
  return {
    ...config,
    listeners: {
      api: moved(api, base),
      web: moved(web, base + 1),
      ...(operator === undefined ? {} : { operator: moved(operator, base + 2) }),
      management: { ...management, port: base + 4 },
    },
  };
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
function waitForSignal(): Promise<void> {
  return new Promise((done) => {
    let asked = false;
    const onSignal = () => {
      if (asked) process.exit(130);
      asked = true;
      done();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}
