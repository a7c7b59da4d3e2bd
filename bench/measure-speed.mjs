import { median } from './figures.mjs';
import { ask, startWorker, stop } from './processes.mjs';

/**
 * Signed GET /accounts against the two limits, in turns, so that what else the machine does falls on all alike. Each turn has
 * its ratio to the limits of the same turn; the medians of these are the result.
 */
export async function measureSpeed({ party, ready, tls, plan }) {
  const answer = await party.readAccounts();
  const { credentials } = party;
  const bare = await startLimit({ ...tls, ...answer });
  const verifying = await startLimit({ ...tls, ...answer, verification: party.verification() });
  const load = startWorker('load.mjs');
  try {
    const identity = { ...credentials, requests: party.signRequests(plan.signedRequests) };
    await ask(load, { kind: 'prepare', identities: [identity] });
    const postern = {
      port: Number(new URL(ready.api).port),
      readCpuSeconds: () => readFigure(ready, 'process_cpu_seconds_total'),
    };
    const servers = { bare, verifying, postern };
    // Until the code of each is compiled; a server that has run for a minute is what is measured.
    for (const server of Object.values(servers)) {
      await measureRound(load, server, { ...plan, warmUpSeconds: plan.firstWarmUpSeconds, roundSeconds: 0 });
    }
    const turns = [];
    for (let turn = 0; turn < plan.turns; turn += 1) {
      const rounds = {};
      for (const [name, server] of Object.entries(servers)) rounds[name] = await measureRound(load, server, plan);
      turns.push(rounds);
    }
    return { answerBytes: Buffer.byteLength(answer.body), ...plan, ...summarize(turns) };
  } finally {
    for (const worker of [load, bare.worker, verifying.worker]) await stop(worker);
  }
}

/** One figure of the server's own metrics. */
export async function readFigure({ management }, name) {
  const text = await (await fetch(`${management}/metrics`)).text();
  const value = new RegExp(`^${name} ([0-9.e+]+)$`, 'm').exec(text)?.[1];
  if (value === undefined) throw new Error(`the metrics hold no ${name}`);
  return Number(value);
}

async function startLimit(limit) {
  const worker = startWorker('limit-server.mjs');
  const { port } = await ask(worker, { kind: 'listen', ...limit });
  return { worker, port, readCpuSeconds: async () => (await ask(worker, { kind: 'cpu' })).seconds };
}

async function measureRound(load, { port, readCpuSeconds }, { connections, roundSeconds, warmUpSeconds }) {
  await ask(load, { kind: 'open', port, connections, warmUpSeconds });
  const before = await readCpuSeconds();
  const round = await ask(load, { kind: 'run', seconds: roundSeconds });
  const after = await readCpuSeconds();
  await ask(load, { kind: 'close' });
  return { ...round, cpuMicroseconds: ((after - before) * 1e6) / round.requests };
}

function summarize(turns) {
  const spread = (read) => {
    const values = turns.map(read).sort((a, b) => a - b);
    return { median: median(values), lowest: values[0], highest: values.at(-1) };
  };
  const perSecond = (name) => (turn) => turn[name].perSecond;
  const ratio = (over, under) => spread((turn) => turn[over].perSecond / turn[under].perSecond);
  const cpuRatio = (over, under) => spread((turn) => turn[under].cpuMicroseconds / turn[over].cpuMicroseconds);
  return {
    servers: Object.fromEntries(
      Object.keys(turns[0]).map((name) => [
        name,
        {
          perSecond: spread(perSecond(name)),
          cpuMicroseconds: spread((turn) => turn[name].cpuMicroseconds),
          p50: spread((turn) => turn[name].p50),
          p99: spread((turn) => turn[name].p99),
        },
      ]),
    ),
    ratios: {
      posternToVerifying: ratio('postern', 'verifying'),
      posternToBare: ratio('postern', 'bare'),
      verifyingToBare: ratio('verifying', 'bare'),
    },
    cpuRatios: {
      posternToVerifying: cpuRatio('postern', 'verifying'),
      posternToBare: cpuRatio('postern', 'bare'),
      verifyingToBare: cpuRatio('verifying', 'bare'),
    },
  };
}
