import { createRequire } from 'node:module';
import { amount } from './amount.mjs';
import { median } from './figures.mjs';
import { numberMark } from './number-mark.mjs';
import { ask, startWorker, stop } from './processes.mjs';

const storedClients = amount(100_000, 100);
const plan = amount(
  { connections: 16, roundSeconds: 3, warmUpSeconds: 1, firstWarmUpSeconds: 6, turns: 3 },
  { connections: 2, roundSeconds: 0.3, warmUpSeconds: 0.1, firstWarmUpSeconds: 0.1, turns: 1 },
);

/**
 * Registrations a second (two keys each, trust data warm) and reads of one against a bare server that answers the same bytes;
 * then both again with a hundred thousand clients in the store.
 */
export async function measureRegistrations({ registrants, ready, tls, postgresql, say }) {
  const readers = await registrants.readers();
  const bare = startWorker('limit-server.mjs');
  const { port } = await ask(bare, {
    kind: 'listen',
    ...tls,
    type: 'application/json',
    body: readers[0].body.toString(),
  });
  const own = Number(new URL(ready.api).port);
  const kinds = {
    register: { port: own, identities: registrants.identities },
    read: { port: own, identities: readers.map(withoutBody) },
    bare: { port, identities: readers.map(withoutBody) },
  };
  const load = startWorker('load.mjs');
  try {
    for (const kind of Object.values(kinds)) await measure(load, kind, plan.firstWarmUpSeconds, 0);
    say('Measuring registrations …');
    const few = await measureTurns(load, kinds);
    if (postgresql === undefined) return { connections: plan.connections, few };
    say(`Storing ${storedClients} clients …`);
    await store(postgresql.socketUrl, storedClients);
    say('Measuring registrations again …');
    return { connections: plan.connections, few, storedClients, many: await measureTurns(load, kinds) };
  } finally {
    for (const worker of [load, bare]) await stop(worker);
  }
}

function withoutBody({ body: _, ...identity }) {
  return identity;
}

async function measureTurns(load, kinds) {
  const turns = [];
  for (let turn = 0; turn < plan.turns; turn += 1) {
    const rounds = {};
    for (const [name, kind] of Object.entries(kinds)) {
      rounds[name] = await measure(load, kind, plan.warmUpSeconds, plan.roundSeconds);
    }
    turns.push(rounds);
  }
  const middle = (read) => median(turns.map(read));
  return {
    registrationsPerSecond: middle(({ register }) => register.perSecond),
    registrationMilliseconds: middle(({ register }) => register.p50),
    readsPerSecond: middle(({ read }) => read.perSecond),
    readToBare: middle(({ read, bare }) => read.perSecond / bare.perSecond),
  };
}

async function measure(load, { port, identities }, warmUpSeconds, seconds) {
  await ask(load, { kind: 'prepare', identities, numberMark });
  await ask(load, { kind: 'open', port, connections: plan.connections, warmUpSeconds });
  const round = await ask(load, { kind: 'run', seconds });
  await ask(load, { kind: 'close' });
  return round;
}

/** Copies of one client with its keys, twenty for each of as many organisations as that takes. */
async function store(url, count) {
  const pg = createRequire(new URL('../server/package.json', import.meta.url))('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      `insert into organization (identifier, legal_name, first_seen_at)
       select 'PSDFR-ACPR-X' || n, 'Stored ' || n, now() from generate_series(1, $1::int / 20) as n`,
      [count],
    );
    await client.query('create temporary table model as select * from client order by issued_at desc limit 1');
    await client.query(
      'create temporary table model_key as select * from client_key where client_id in (select client_id from model)',
    );
    await client.query(
      `insert into client (client_id, brand, environment, organization_identifier, metadata, registered_with, issued_at)
       select 'stored-' || n, brand, environment, 'PSDFR-ACPR-X' || (n / 20 + 1), metadata, registered_with, issued_at
       from model, generate_series(0, $1::int - 1) as n`,
      [count],
    );
    await client.query(
      `insert into client_key (client_id, kid, x5u, x5c, position)
       select 'stored-' || n, kid, x5u, x5c, position from model_key, generate_series(0, $1::int - 1) as n`,
      [count],
    );
    await client.query('analyze');
  } finally {
    await client.end();
  }
}
