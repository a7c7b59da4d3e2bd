import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { takeDemoPlace } from './prepared-demo.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The addresses of a running demo, as its ready file tells them. */
export interface DemoAddresses {
  readonly api: string;
  readonly web: string;
  readonly operator: string;
  readonly management: string;
  readonly trust: string;
  readonly ca: string;
  readonly brands: readonly string[];
}

export interface RunningDemo {
  readonly addresses: DemoAddresses;
  readonly dataDirectory: string;
  readonly readyFile: string;
  /** PEM of the authority of the listeners' certificates. */
  readonly ca: string;
  /** Runs `demo issue` and answers what it wrote. */
  issue(order: IssueOrder): Promise<Credential>;
  /** Runs any command of `postern`, `demo` or `tpp`; answers its exit code and output. */
  run(program: 'postern' | 'demo' | 'tpp', parameters: readonly string[]): Promise<CommandResult>;
  /** What the server has written on standard error so far: its log. */
  logged(): string;
  /** Ends the server as a crash would, and starts it again on the same data; `meanwhile` is done between. */
  crashAndRestart(meanwhile?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

export interface IssueOrder {
  readonly kind: 'qwac' | 'qsealc';
  readonly organizationIdentifier: string;
  readonly roles: string;
  readonly defect?: string;
  readonly qtsp?: 'first' | 'second';
}

export interface Credential {
  readonly directory: string;
  readonly certificate: string;
  /** The certificate and its issuers. */
  readonly path: string;
  readonly key: string;
}

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Starts `postern serve --demo` in a folder of its own; `environment` is added to the process's (DATABASE_URL), `parameters` to
 * those of the command.
 */
export async function startDemo(
  environment: Readonly<Record<string, string>> = {},
  parameters: readonly string[] = [],
): Promise<RunningDemo> {
  const place = await takeDemoPlace(inject('preparedDemos'), async ({ directory, portBase }) => {
    const readyFile = join(directory, 'ready-once.json');
    await end(
      await startServer({ dataDirectory: directory, portBase, readyFile, environment: {}, parameters: [] }),
      'SIGTERM',
    );
  });
  const { directory: dataDirectory, portBase } = place;
  const readyFile = join(dataDirectory, 'ready-for-tests.json');
  const log: string[] = [];
  const start = () => startServer({ dataDirectory, portBase, readyFile, environment, parameters }, log);
  let server = await start().catch((cause) => {
    place.leave();
    throw cause;
  });
  const addresses = JSON.parse(readFileSync(readyFile, 'utf8')) as DemoAddresses;
  let issued = 0;
  return {
    addresses,
    dataDirectory,
    readyFile,
    ca: readFileSync(addresses.ca, 'utf8'),
    issue: async (order) => {
      issued += 1;
      const directory = join(dataDirectory, `issued-${issued}`);
      const parameters = [
        'issue',
        '--kind',
        order.kind,
        '--organization-identifier',
        order.organizationIdentifier,
        '--roles',
        order.roles,
      ];
      if (order.defect !== undefined) parameters.push('--defect', order.defect);
      if (order.qtsp !== undefined) parameters.push('--qtsp', order.qtsp);
      const result = await runProgram('demo', [...parameters, '--data-dir', dataDirectory, '--out', directory]);
      if (result.code !== 0) throw new Error(`demo issue failed: ${result.stderr}${result.stdout}`);
      const read = (name: string) => readFileSync(join(directory, name), 'utf8');
      return { directory, certificate: read('certificate.pem'), path: read('path.pem'), key: read('key.pem') };
    },
    run: runProgram,
    logged: () => log.join(''),
    crashAndRestart: async (meanwhile) => {
      await end(server, 'SIGKILL');
      await meanwhile?.();
      rmSync(readyFile, { force: true });
      server = await start();
    },
    stop: async () => {
      await end(server, 'SIGTERM');
      place.leave();
    },
  };
}

interface StartOptions {
  readonly dataDirectory: string;
  readonly portBase: number;
  readonly readyFile: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly parameters: readonly string[];
}

async function startServer(options: StartOptions, log: string[] = []): Promise<ChildProcess> {
  const { dataDirectory, portBase, readyFile, environment } = options;
  const parameters = [
    'serve',
    '--demo',
    '--data-dir',
    dataDirectory,
    '--port-base',
    String(portBase),
    '--ready-file',
    readyFile,
    ...options.parameters,
  ];
  const child = spawn(process.execPath, [programOf('postern'), ...parameters], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const listen = (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-8_000);
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', (chunk: Buffer) => {
    log.push(chunk.toString());
    listen(chunk);
  });
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (existsSync(readyFile)) return child;
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new Error(`the demo did not become ready:\n${said}`);
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  await ended;
}

async function runProgram(program: 'postern' | 'demo' | 'tpp', parameters: readonly string[]): Promise<CommandResult> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [programOf(program), ...parameters], {
      cwd: root,
      maxBuffer: 64 * 1024 * 1024,
    });
    return { code: 0, stdout, stderr };
  } catch (cause) {
    const { code, stdout, stderr } = cause as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

function programOf(program: 'postern' | 'demo' | 'tpp'): string {
  const workspace = program === 'postern' ? 'server' : program;
  return join(root, workspace, 'bin', `${program}.mjs`);
}
