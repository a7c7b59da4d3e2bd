// What others wait beside one stranger or one third party with many connections, kind by kind. It prints and never fails on a figure.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findPostgresql, startPostgresql } from '../tests/material/start-postgresql.ts';
import { amount } from './amount.mjs';
import { writeBankConfiguration } from './bank-configuration.mjs';
import { foundParties, kindsOfNoise, measureFairness } from './measure-fairness.mjs';
import { findPortBase, killAll, startPostern, startWorld, stop } from './processes.mjs';
import { renderFairness } from './render-fairness.mjs';

const help = `Usage: node bench/fairness.mjs [options]

  --kind NAME         ${kindsOfNoise.join(', ')}; may be repeated (default: all)
  --connections N     of the stranger (default 200)
  --seconds N         of each measurement (default 6)
  --brief             just enough that everything runs; the figures mean nothing
  --embedded          the embedded store even where there is a PostgreSQL
  --quotas            the quotas of the demo, instead of ones that let a third party register as often as the machine can
  --json              one JSON document on standard output
`;

const { values: options } = parseArgs({
  options: {
    kind: { type: 'string', multiple: true, default: kindsOfNoise },
    connections: { type: 'string', default: amount('200', '4') },
    seconds: { type: 'string', default: amount('6', '0.3') },
    brief: { type: 'boolean', default: false },
    embedded: { type: 'boolean', default: false },
    quotas: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const unknown = options.kind.find((kind) => !kindsOfNoise.includes(kind));
if (options.help) process.stdout.write(help);
else if (unknown !== undefined) {
  process.stderr.write(`no kind is named ${unknown}\n`);
  process.exitCode = 64;
} else await run();

async function run() {
  const directory = mkdtempSync(join(tmpdir(), 'postern-fairness-'));
  const postgresql = options.embedded || findPostgresql() === undefined ? undefined : await startPostgresql();
  const environment = postgresql === undefined ? {} : { DATABASE_URL: postgresql.socketUrl };
  process.once('SIGINT', killAll).once('SIGTERM', killAll);
  try {
    const report = await measure({ directory, environment, portBase: await findPortBase() });
    const text = options.json ? JSON.stringify(report, null, 2) : renderFairness(report).join('\n');
    process.stdout.write(`${text}\n`);
  } finally {
    killAll();
    await postgresql?.stop();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function measure({ directory, environment, portBase }) {
  const { configuration } = await startWorld(directory, portBase);
  const readyFile = join(directory, 'fairness-ready.json');
  const serve = async (path) => {
    const { server } = await startPostern(['--config', path], readyFile, environment);
    const ready = JSON.parse(readFileSync(readyFile, 'utf8'));
    return { server, ready: { ...ready, trust: `http://localhost:${portBase + 5}` } };
  };
  const first = await serve(configuration);
  const parties = await foundParties(first.ready, options.kind);
  await stop(first.server);
  const { ready } = await serve(options.quotas ? configuration : writeBankConfiguration(configuration));
  const plan = { connections: Number(options.connections), seconds: Number(options.seconds) };
  return measureFairness({ ready, parties, say, kinds: options.kind, plan });
}

function say(text) {
  process.stderr.write(`${text}\n`);
}
