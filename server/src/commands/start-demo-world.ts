import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { ConfigError } from '../config.js';

/** A running demo trust world: another process, reached over HTTP as the real sources would be. */
export interface DemoWorld {
  readonly url: string;
  /** The server configuration that it wrote. */
  readonly configuration: string;
  stop(): Promise<void>;
}

export interface DemoWorldOptions {
  readonly dataDirectory: string;
  readonly portBase: number | undefined;
}

/**
 * Starts `demo serve` and waits until it listens. It ends with us however we end: its standard input is our pipe.
 * Throws ConfigError when it ends before that; what it said went to standard error.
 */
export async function startDemoWorld(options: DemoWorldOptions): Promise<DemoWorld> {
  const parameters = ['serve', '--data-dir', options.dataDirectory];
  if (options.portBase !== undefined) parameters.push('--port-base', String(options.portBase));
  const child = spawn(process.execPath, [findProgram(), ...parameters], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = await Promise.race([readReadyLine(child), ended]);
  if (ready === null || typeof ready === 'number') {
    throw new ConfigError('the demo trust world', ['it ended before it was ready: what it said stands above']);
  }
  return {
    ...ready,
    stop: async () => {
      child.stdin?.end();
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function findProgram(): string {
  const manifest = createRequire(import.meta.url).resolve('@postern/demo/package.json');
  return join(dirname(manifest), 'bin', 'demo.mjs');
}

async function readReadyLine(child: ChildProcess): Promise<{ url: string; configuration: string } | null> {
  if (child.stdout === null) return null;
  for await (const line of createInterface({ input: child.stdout })) {
    const message: unknown = line.startsWith('{') ? JSON.parse(line) : undefined;
    if (isReady(message)) {
      child.stdout.resume();
      return { url: message.url, configuration: message.configuration };
    }
  }
  return null;
}

function isReady(message: unknown): message is { ready: true; url: string; configuration: string } {
  return (
    typeof message === 'object' &&
    message !== null &&
    'ready' in message &&
    'url' in message &&
    'configuration' in message
  );
}
