// npm run journey: a third party's whole way against a running demo bank, or against one that is started for it and stopped after.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const words = process.argv.slice(2);
const places = ['--base-url', '--ready-file', '--data-dir', '--help', '-h'];
const limits = { startSeconds: 180, stopSeconds: 20 };

if (words.some((word) => places.includes(word.split('=')[0]))) process.exitCode = await runTpp(words);
else if (await isDemoRunning()) process.exitCode = await runTpp(['--data-dir', join(root, '.postern'), ...words]);
else process.exitCode = await runWithOwnServer();

/** Whether the demo of this repository, started by npm start, answers at its usual address. */
async function isDemoRunning() {
  const readyFile = join(root, '.postern', 'ready.json');
  if (!existsSync(readyFile)) return false;
  const { api, ca, brands } = JSON.parse(readFileSync(readyFile, 'utf8'));
  if (!existsSync(ca)) return false;
  const url = `${api}/.well-known/oauth-authorization-server/${brands[0]}`;
  return new Promise((resolve) => {
    const probe = request(url, { ca: readFileSync(ca), timeout: 3000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    probe.on('timeout', () => probe.destroy());
    probe.on('error', () => resolve(false));
    probe.end();
  });
}

async function runWithOwnServer() {
  const directory = mkdtempSync(join(tmpdir(), 'postern-journey-'));
  const readyFile = join(directory, 'ready.json');
  const log = join(directory, 'server.log');
  const server = await startServer({ directory, readyFile, log });
  const interrupted = () => server.child.kill('SIGTERM');
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    if (!(await awaitReady(server, readyFile))) {
      say(`The server did not start. The end of its log:\n${readFileSync(log, 'utf8').slice(-4000)}`);
      return 3;
    }
    const code = await runTpp(['--ready-file', readyFile, ...words]);
    return (await stopServer(server)) ? code : Math.max(code, 1);
  } finally {
    await stopServer(server);
    rmSync(directory, { recursive: true, force: true });
  }
}

async function startServer({ directory, readyFile, log }) {
  const portBase = await findPortBase();
  const output = openSync(log, 'w');
  const parameters = [
    'serve',
    '--demo',
    '--data-dir',
    directory,
    '--port-base',
    String(portBase),
    '--ready-file',
    readyFile,
  ];
  const child = spawn(process.execPath, [join(root, 'server', 'bin', 'postern.mjs'), ...parameters], {
    cwd: directory,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const server = { child, ended: undefined };
  server.exit = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code ?? signal));
  }).then((end) => {
    server.ended = end;
  });
  return server;
}

async function awaitReady(server, readyFile) {
  const started = performance.now();
  for (let tries = 0; server.ended === undefined; tries += 1) {
    if (existsSync(readyFile)) return true;
    const seconds = Math.round((performance.now() - started) / 1000);
    if (seconds > limits.startSeconds) return false;
    if (tries % 10 === 0) say(`Starting a demo bank for this journey … ${seconds} s`);
    await setTimeout(200);
  }
  return false;
}

/** Ends the server; answers whether it ended as it should. */
async function stopServer(server) {
  if (server.ended === undefined) {
    server.child.kill('SIGTERM');
    await Promise.race([server.exit, setTimeout(limits.stopSeconds * 1000, undefined, { ref: false })]);
  }
  if (server.ended === undefined) {
    server.child.kill('SIGKILL');
    await server.exit;
  }
  if (server.ended !== 0) say(`The server ended with ${server.ended}, expected 0.`);
  return server.ended === 0;
}

function runTpp(parameters) {
  const child = spawn(process.execPath, [join(root, 'tpp', 'bin', 'tpp.mjs'), 'journey', ...parameters], {
    stdio: 'inherit',
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Six ports in a row that are free now: api, web, operator, fallback, management, demo world. */
async function findPortBase() {
  for (let tries = 0; tries < 50; tries += 1) {
    const base = 20_000 + Math.floor(Math.random() * 20_000);
    const free = await Promise.all([0, 1, 2, 3, 4, 5].map((offset) => isFree(base + offset)));
    if (free.every(Boolean)) return base;
  }
  throw new Error('no six free ports in a row');
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });
}

// Standard error, so that --json leaves nothing but JSON on standard output.
function say(text) {
  process.stderr.write(`${text}\n`);
}
