import { readFileSync } from 'node:fs';
import { amount } from './amount.mjs';
import { ask, startWorker, stop } from './processes.mjs';
import { foundRegistrants } from './registrants.mjs';
import { becomeThirdParty } from './third-party.mjs';

const stranger = '127.0.0.2';
const others = { connections: 4, everyMilliseconds: 40 };
const usual = amount(
  { connections: 200, seconds: 6, settleSeconds: 1, warmUpSeconds: 6 },
  { connections: 4, seconds: 0.3, settleSeconds: 0.1, warmUpSeconds: 0.3 },
);
const signedRequests = 200;
const mostTries = 40;
const sealsOfLargeRegistration = 10;

/** What one stranger or one third party with many connections sends, by name. */
export const kindsOfNoise = ['valid', 'refused', 'registrations', 'handshakes', 'slow', 'pipelined'];

/** Who takes part: others, and whoever a crowd of these kinds is; made while the bank still reads its register all the time. */
export async function foundParties(ready, kinds = kindsOfNoise) {
  return {
    polite: await becomeThirdParty(ready),
    loud: kinds.includes('valid') ? await becomeThirdParty(ready) : undefined,
    registrants: kinds.includes('registrations')
      ? await foundRegistrants(ready, 1, sealsOfLargeRegistration)
      : undefined,
  };
}

/**
 * How long others wait for signed calls, without and beside a crowd of connections from one other address, for each kind of what
 * the crowd sends: milliseconds, and ratios to what it is without.
 */
export async function measureFairness({ ready, parties, say, kinds = kindsOfNoise, plan = {} }) {
  const whole = { ...usual, ...plan };
  const port = Number(new URL(ready.api).port);
  const noises = describeNoises(ready, parties);
  const observer = startWorker('polite.mjs');
  const measure = (seconds) => ask(observer, { port, ...others, seconds, identity: signer(parties.polite) });
  try {
    say('Measuring what others wait …');
    await measure(whole.warmUpSeconds);
    const atRest = await measure(whole.seconds);
    const measured = {};
    for (const kind of kinds) {
      say(`… beside ${whole.connections} connections: ${kind}`);
      measured[kind] = await measureBeside({ port, noise: noises[kind](), plan: whole, measure });
      await awaitRest(measure, atRest);
    }
    return { ...others, crowd: whole.connections, seconds: whole.seconds, kinds: measured };
  } finally {
    for (const party of Object.values(parties)) party?.close();
    await stop(observer);
  }
}

async function measureBeside({ port, noise, plan, measure }) {
  const without = await measure(plan.seconds);
  const crowd = startWorker('crowd.mjs');
  try {
    await ask(crowd, { kind: 'start', port, from: stranger, connections: plan.connections, ...noise });
    await measure(plan.settleSeconds);
    const beside = await measure(plan.seconds);
    const seen = await ask(crowd, { kind: 'stop' });
    return { without, beside, crowd: seen, p50: beside.p50 / without.p50, p99: beside.p99 / without.p99 };
  } finally {
    await stop(crowd, 'SIGKILL');
  }
}

/** What a crowd left behind must not count against the next. */
async function awaitRest(measure, atRest) {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { p50 } = await measure(0.5);
    if (p50 < 3 * atRest.p50) return;
  }
}

function describeNoises(ready, { polite, loud, registrants }) {
  const ca = readFileSync(ready.ca, 'utf8');
  const { host } = new URL(ready.api);
  const nobody = (request) => ({ ca, requests: [request] });
  const ask = (target) => `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nAccept: application/json\r\n\r\n`;
  const form = 'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000';
  const endless = `POST /demo-bank/token HTTP/1.1\r\nHost: ${host}\r\n${form}\r\n\r\n`;
  return {
    valid: () => ({ behaviour: 'calls', identity: signer(loud) }),
    refused: () => ({ behaviour: 'calls', identity: nobody(ask(polite.resourcePath)) }),
    registrations: () => ({ behaviour: 'calls', identity: registrants.identities[0] }),
    handshakes: () => ({ behaviour: 'handshakes', identity: nobody('') }),
    slow: () => ({ behaviour: 'slow', identity: nobody(endless) }),
    pipelined: () => ({ behaviour: 'pipelined', identity: nobody(ask('/x')) }),
  };
}

function signer({ credentials, signRequests }) {
  return { ...credentials, requests: signRequests(signedRequests) };
}
