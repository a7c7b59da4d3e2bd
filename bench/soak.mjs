// node bench/soak.mjs [minutes]: an hour of mixed load with ever new certificates, and what the server's memory and store do meanwhile.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { findPostgresql, startPostgresql } from '../tests/material/start-postgresql.ts';
import { writeBankConfiguration } from './bank-configuration.mjs';
import { readFigure } from './measure-speed.mjs';
import { findPortBase, killAll, startPostern, startWorld, stop } from './processes.mjs';
import { startSoaking } from './soak-load.mjs';
import { goFirstSteps } from './third-party.mjs';

const help = `Usage: node bench/soak.mjs [--minutes N] [--embedded] [--heap-snapshots DIR]

Runs a server in a world of its own for N minutes (60) under calls, registrations, pages, refusals of every kind, new certificates of
a granted service and self-made ones, from many loopback addresses. Prints the server's memory and the size of its store every five
minutes (every half minute when N is 5 or less), and a minute after the load has ended. It fails when a request that must succeed did not.
`;
const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    embedded: { type: 'boolean', default: false },
    'heap-snapshots': { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const minutes = Number(options.minutes);
if (options.help) process.stdout.write(help);
else if (!(minutes > 0 && minutes <= 24 * 60)) throw new Error('--minutes is a number from above 0 to 1440');
else await run();

async function run() {
  const directory = mkdtempSync(join(tmpdir(), 'postern-soak-'));
  const postgresql = options.embedded || findPostgresql() === undefined ? undefined : await startPostgresql();
  process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143));
  process.once('exit', killAll);
  try {
    await soak({ directory, postgresql, portBase: await findPortBase(), readyFile: join(directory, 'ready.json') });
  } finally {
    killAll();
    await postgresql?.stop();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function soak(place) {
  const { configuration } = await startWorld(place.directory, place.portBase);
  const first = await serve(place, configuration);
  const party = await goFirstSteps(first.ready);
  await stop(first.server);
  const { server, ready } = await serve(place, writeBankConfiguration(configuration));
  const readSize = openStoreSize(place.postgresql);
  await tell({ ready, readSize, minute: 0, counts: {} });
  const load = startSoaking({ ...party, ready });
  const period = minutes <= 5 ? Math.min(0.5, minutes) : 5;
  for (let minute = period; minute <= minutes; minute += period) {
    await pause(period * 60_000);
    await tell({ ready, readSize, minute, counts: load.counts });
  }
  await load.stop();
  await pause(Math.min(1, minutes) * 60_000);
  await tell({ ready, readSize, minute: 'at rest', counts: load.counts });
  await readSize.close();
  await stop(server);
  if (Object.keys(load.failures).length > 0) {
    process.stdout.write(`failed: ${JSON.stringify(load.failures)}\n`);
    process.exitCode = 1;
  }
}

async function serve({ portBase, readyFile, postgresql }, configuration) {
  const environment = postgresql === undefined ? {} : { DATABASE_URL: postgresql.socketUrl };
  const snapshots = options['heap-snapshots'];
  const watched =
    snapshots === undefined ? {} : { NODE_OPTIONS: `--heapsnapshot-signal=SIGUSR2 --diagnostic-dir=${snapshots}` };
  const { server } = await startPostern(['--config', configuration], readyFile, { ...environment, ...watched });
  const ready = JSON.parse(readFileSync(readyFile, 'utf8'));
  return { server, ready: { ...ready, trust: `http://localhost:${portBase + 5}` } };
}

function openStoreSize(postgresql) {
  if (postgresql === undefined) return Object.assign(async () => undefined, { close: async () => undefined });
  const pg = createRequire(new URL('../server/package.json', import.meta.url))('pg');
  const client = new pg.Client({ connectionString: postgresql.socketUrl });
  const connected = client.connect();
  const read = async () => {
    await connected;
    const { rows } = await client.query(
      `select pg_database_size(current_database()) as octets, (select count(*) from audit_event) as events,
         (select count(*) from decision) as decisions, (select coalesce(sum(length(bytes)), 0) from evidence) as evidence`,
    );
    return rows[0];
  };
  return Object.assign(read, { close: () => client.end() });
}

async function tell({ ready, readSize, minute, counts }) {
  const megabytes = async (name) => ((await readFigure(ready, name)) / 1e6).toFixed(0);
  const size = await readSize();
  const parts = [
    `minute ${minute}`,
    `rss ${await megabytes('process_resident_memory_bytes')} MB`,
    `heap ${await megabytes('nodejs_heap_size_used_bytes')} MB`,
    `external ${await megabytes('nodejs_external_memory_bytes')} MB`,
    ...(size === undefined
      ? []
      : [
          `store ${(Number(size.octets) / 1e6).toFixed(0)} MB`,
          `${size.events} events`,
          `${size.decisions} decisions`,
          `evidence ${(Number(size.evidence) / 1e6).toFixed(1)} MB`,
        ]),
    JSON.stringify(counts),
  ];
  process.stdout.write(`${parts.join(', ')}\n`);
}
