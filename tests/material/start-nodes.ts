import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DemoWorld, startDemoWorld } from '../../server/src/commands/start-demo-world.js';
import { type Config, readConfig } from '../../server/src/config.js';
import { findPortBase } from './find-port-base.js';
import type { RunningDemo } from './start-demo.js';

export interface NodesPlan {
  readonly count: number;
  /** Where all of them keep their records; each an embedded store of its own when left out. */
  readonly databaseUrl?: string;
  readonly change?: (config: Config, position: number) => Config;
  readonly logLevel?: 'info' | 'warn';
}

/** One server among several behind one public address. */
export interface ServerNode {
  /** Where it listens; requests name the public address in Host. */
  readonly api: string;
  readonly web: string;
  readonly operator: string;
  /** The last of what it printed. */
  said(): string;
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

export interface RunningNodes {
  readonly nodes: readonly ServerNode[];
  /** The first node's addresses, which are the public ones. */
  readonly addresses: Pick<RunningDemo['addresses'], 'api' | 'web' | 'trust'>;
  /** Its configuration, with absolute paths. */
  readonly configFile: string;
  readonly ca: string;
  /** Tells the demo world of a change, as `demo revoke` and its like do. */
  change(path: '/demo/revoke' | '/demo/withdraw' | '/demo/reinstate', body: object): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one demo world and several `postern serve --config` in it, each with its own memory and cache. */
export async function startNodes(plan: NodesPlan): Promise<RunningNodes> {
  const directory = mkdtempSync(join(tmpdir(), 'postern-nodes-'));
  const base = await findPortBase();
  const world = await startDemoWorld({ dataDirectory: directory, portBase: base });
  const written = readConfig(world.configuration);
  const nodes: ServerNode[] = [];
  const stop = async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await world.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    for (let position = 0; position < plan.count; position += 1) {
      const ports = position === 0 ? base : await findPortBase();
      const config = configure({
        config: plan.change?.(written, position) ?? written,
        directory,
        position,
        ports,
        plan,
      });
      nodes.push(await startNode(config, join(directory, `node-${position}`), plan.logLevel));
    }
  } catch (cause) {
    await stop();
    throw cause;
  }
  return {
    nodes,
    addresses: { api: written.listeners.api.publicUrl, web: written.listeners.web.publicUrl, trust: world.url },
    configFile: join(directory, 'node-0.json'),
    ca: readFileSync(join(directory, 'demo', 'tls', 'ca.pem'), 'utf8'),
    change: (path, body) => tellWorld(world, path, body),
    stop,
  };
}

interface NodePlace {
  readonly config: Config;
  readonly directory: string;
  readonly position: number;
  readonly ports: number;
  readonly plan: NodesPlan;
}

function configure({ config, directory, position, ports, plan }: NodePlace): Config {
  const { api, web, operator, management } = config.listeners;
  const urlFile = join(directory, 'database-url');
  if (plan.databaseUrl !== undefined) writeFileSync(urlFile, plan.databaseUrl);
  return {
    ...config,
    listeners: {
      ...config.listeners,
      api: { ...api, port: ports },
      web: { ...web, port: ports + 1 },
      ...(operator === undefined ? {} : { operator: { ...operator, port: ports + 2 } }),
      management: { ...management, port: ports + 4 },
    },
    store:
      plan.databaseUrl === undefined
        ? { kind: 'embedded', directory: join(directory, `store-${position}`) }
        : { kind: 'postgresql', url: { file: urlFile } },
    cacheDirectory: join(directory, `cache-${position}`),
  };
}

async function startNode(config: Config, name: string, logLevel = 'warn'): Promise<ServerNode> {
  writeFileSync(`${name}.json`, JSON.stringify(config));
  const program = fileURLToPath(new URL('../../server/bin/postern.mjs', import.meta.url));
  const parameters = ['serve', '--config', `${name}.json`, '--ready-file', `${name}.ready`, '--log-level', logLevel];
  const child = spawn(process.execPath, [program, ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const listen = (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-200_000);
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  for (let attempt = 0; attempt < 600 && !existsSync(`${name}.ready`); attempt += 1) {
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const stop: ServerNode['stop'] = (signal = 'SIGTERM') => end(child, signal);
  if (!existsSync(`${name}.ready`)) {
    await stop('SIGKILL');
    throw new Error(`a node did not become ready:\n${said}`);
  }
  const urlOf = (listener: { port: number } | undefined) => `https://localhost:${listener?.port ?? 0}`;
  const { api, web, operator } = config.listeners;
  return { api: urlOf(api), web: urlOf(web), operator: urlOf(operator), said: () => said, stop };
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  await ended;
}

async function tellWorld(world: DemoWorld, path: string, body: object): Promise<void> {
  const answer = await fetch(`${world.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status !== 204) throw new Error(`${path} was answered with ${answer.status}`);
}
