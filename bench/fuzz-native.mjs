// Feeds the native code that sees a stranger's keys, certificates, signatures and compressed data, in child processes:
// `node bench/fuzz-native.mjs [--tls 5000] [--cases 100000] [--seed N] [--limit 50] [--old-node PATH]`. First it proves that it sees a process end, by the old call
// and the old Node. Then: so many TLS connections in each direction, and so many inputs to each reader of fuzz.mjs. An end of a child, or more CPU than the limit, is status 1.
import { fork, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fetchOldNode } from './old-node.mjs';

const { values } = parseArgs({
  options: {
    tls: { type: 'string', default: '5000' },
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string' },
    limit: { type: 'string', default: '50' },
    'old-node': { type: 'string' },
  },
});
const place = (name) => fileURLToPath(new URL(name, import.meta.url));
const limitMilliseconds = Number(values.limit);
const seed = Number(values.seed ?? Date.now() % 0x7fffffff);
const directions = ['incoming', 'outgoing'];
const say = (line) => process.stdout.write(`${line}\n`);

say(
  `seed ${seed}, ${values.tls} connections in each direction, ${values.cases} inputs a reader, limit ${limitMilliseconds} ms of CPU`,
);
const proven = await prove();
let failures = proven ? 0 : 1;
for (const direction of directions) failures += await feed(direction);
failures += readers();
process.exit(failures === 0 ? 0 : 1);

/** The harness is of use only if it sees what it looks for. */
async function prove() {
  const folder = mkdtempSync(join(tmpdir(), 'old-node-'));
  try {
    const oldNode = values['old-node'] ?? fetchOldNode(folder);
    if (oldNode === undefined) {
      say('npm brings no Node that a certificate ends: the harness is not proven in this run');
      return true;
    }
    const ends = [];
    for (const direction of directions) {
      for (const call of ['object', 'octets']) ends.push(await run({ direction, call, count: 200, node: oldNode }));
    }
    const [inObject, inOctets, outObject, outOctets] = ends.map(({ ended }) => ended);
    say(
      `old Node, conversion to an object: incoming ended with ${inObject}, outgoing with ${outObject}; our calls: ${inOctets}, ${outOctets}`,
    );
    return inObject === 'SIGSEGV' && outObject === 'SIGSEGV';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function feed(direction) {
  const { ended, sent, told, costly, at } = await run({ direction, call: 'octets', count: Number(values.tls) });
  const slowest = Math.max(0, ...told);
  const good = ended === 0;
  say(
    `${direction} TLS: ${told.length} paths, ${sent} of them sent; ended with ${ended}${good ? '' : ` at seed ${at}`}; ` +
      `slowest ${slowest.toFixed(1)} ms of CPU; ${costly.length} over ${limitMilliseconds} ms`,
  );
  for (const each of costly.slice(0, 5)) {
    say(
      `  seed ${each.seed}: ${each.milliseconds.toFixed(1)} ms, ${each.told.octets} octets, ${each.told.keys.join(', ')}`,
    );
  }
  return good && costly.length === 0 ? 0 : 1;
}

/** One child; what it tells of each input. An input over the limit is sent once more: the machine may have been busy, or the collector at work. */
async function run({ direction, call, count, node = process.execPath, from = seed }) {
  const child = fork(place('fuzz-native-child.mjs'), [direction, from, count, call].map(String), {
    execPath: node,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const told = [];
  const slow = [];
  let sent = 0;
  let at = from;
  child.on('message', (/** @type {any} */ message) => {
    if (message.begins !== undefined) at = message.begins;
    else {
      told.push(message.milliseconds);
      if (message.sent) sent += 1;
      if (message.milliseconds > limitMilliseconds) slow.push(message);
    }
  });
  const ended = await new Promise((resolve) => child.once('close', (code, signal) => resolve(signal ?? code)));
  if (count === 1) return { ended, sent, told, costly: slow, at };
  const again = [];
  for (const { seed: once } of slow) {
    const runs = [];
    for (let time = 0; time < 3; time += 1) runs.push(await run({ direction, call, count: 1, node, from: once }));
    if (runs.every(({ costly }) => costly.length > 0)) again.push(...runs[0].costly);
  }
  return { ended, sent, told, costly: again, at };
}

function readers() {
  const parameters = ['--cases', values.cases, '--seed', String(seed), '--limit', values.limit];
  const { status, signal } = spawnSync(process.execPath, [place('fuzz.mjs'), ...parameters], { stdio: 'inherit' });
  if (signal !== null) say(`the readers ended with ${signal}`);
  return status === 0 ? 0 : 1;
}
