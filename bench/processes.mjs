import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isBrief } from './amount.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const running = new Set();

/** Starts a command of the product as a shell would; its standard input is our pipe, so that the demo world ends with us. */
export function startCommand(name, parameters, environment = {}) {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const path = [dirname(process.execPath), inherited.PATH].join(delimiter);
  const child = spawn(join(root, 'node_modules', '.bin', name), parameters, {
    env: { ...inherited, PATH: path, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return follow(child);
}

/** Starts a script of this folder that takes and answers messages; it ends when we do. */
export function startWorker(name) {
  const file = fileURLToPath(new URL(name, import.meta.url));
  return follow(fork(file, isBrief ? ['--brief'] : [], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] }));
}

/** Sends a message to a worker and waits for its answer; rejects with the error that the worker met. */
export async function ask(worker, message) {
  const over = new AbortController();
  const { signal } = over;
  worker.send(message);
  const answered = once(worker, 'message', { signal }).then(([answer]) => answer);
  const ended = once(worker, 'exit', { signal }).then(() => ({ error: `a worker ended: ${worker.said()}` }));
  const answer = await Promise.race([answered, ended]);
  over.abort();
  await Promise.allSettled([answered, ended]);
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer;
}

export async function stop(child, signal = 'SIGTERM') {
  if (child === undefined || !running.has(child)) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  const inTime = await Promise.race([ended.then(() => true), pause(15_000, false, { ref: false })]);
  if (inTime) return;
  child.kill('SIGKILL');
  await ended;
}

/** Ends at once whatever was started and still runs. */
export function killAll() {
  for (const child of running) child.kill('SIGKILL');
}

/** Starts the demo trust world; answers when it listens. */
export async function startWorld(dataDirectory, portBase) {
  const world = startCommand('demo', ['serve', '--data-dir', dataDirectory, '--port-base', `${portBase}`]);
  for await (const line of createInterface({ input: world.stdout })) {
    if (!line.startsWith('{')) continue;
    world.stdout.resume();
    return { world, configuration: JSON.parse(line).configuration };
  }
  throw new Error(`the demo trust world did not start: ${world.said()}`);
}

/** Starts `postern serve` and waits for its ready file; `seconds` is the time from the start of the process to that file. */
export async function startPostern(parameters, readyFile, environment) {
  rmSync(readyFile, { force: true });
  const begin = performance.now();
  const server = startCommand('postern', ['serve', ...parameters, '--ready-file', readyFile], environment);
  while (!existsSync(readyFile)) {
    if (hasEnded(server) || performance.now() - begin > 120_000) {
      throw new Error(`the server did not start: ${server.said()}`);
    }
    await pause(4);
  }
  return { server, seconds: (performance.now() - begin) / 1_000 };
}

/** A number with six free loopback ports from it on. */
export async function findPortBase() {
  for (let tries = 0; tries < 50; tries += 1) {
    // Below the ports that the system gives to outgoing connections: one of those may be taken at any moment.
    const base = 11_000 + Math.floor(Math.random() * 2_100) * 10;
    const free = await Promise.all([0, 1, 2, 3, 4, 5].map((offset) => isFree(base + offset)));
    if (free.every(Boolean)) return base;
  }
  throw new Error('no six free ports in a row');
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, 'localhost', () => probe.close(() => resolve(true)));
  });
}

function hasEnded({ exitCode, signalCode }) {
  return exitCode !== null || signalCode !== null;
}

function follow(child) {
  let said = '';
  const listen = (chunk) => {
    said = `${said}${chunk}`.slice(-4_000);
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  child.said = () => said;
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}
