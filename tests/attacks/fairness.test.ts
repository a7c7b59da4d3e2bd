import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registrationAddress } from '../../tpp/src/bank/bank.js';
import { redirectUriOf } from '../../tpp/src/journey/steps-registration.js';
import { buildClientMetadata } from '../../tpp/src/registration/build-client-metadata.js';
import { type Enrolled, enroll, openTppWorld, type TppWorld } from '../material/enroll.js';
import { sendOverTls } from '../material/send-over-tls.js';
import { rawRequest, sendRaw } from '../material/send-raw.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';

let demo: RunningDemo;
let world: TppWorld;
let loud: Enrolled;
let other: Enrolled;

const most = 4;

beforeAll(async () => {
  demo = await startDemo();
  await demo.crashAndRestart(async () => {
    appendFileSync(join(demo.dataDirectory, 'demo', 'postern.yaml'), `\nlimits: { requestsAtOnce: ${most} }\n`);
  });
  world = openTppWorld(demo);
  [loud, other] = [await enroll(world), await enroll(world)];
});

afterAll(async () => {
  world?.close();
  await demo?.stop();
});

const check = '/demo-bank/certificate-check';
const token = '/demo-bank/oauth2/token';

function ask(client: Enrolled | undefined, headers: readonly string[] = []) {
  const place = { url: demo.addresses.api, ca: demo.ca, identity: client?.qwac };
  return sendRaw(place, rawRequest(place, `GET ${check} HTTP/1.1`, headers), 1);
}

/** Opens a request whose body never comes, so that it stays unanswered; resolves once the server has asked for the body. */
function openRequest(client: Enrolled | undefined): Promise<TLSSocket> {
  const { hostname, port } = new URL(demo.addresses.api);
  const identity = client === undefined ? {} : { cert: client.qwac.path, key: client.qwac.key };
  const socket = connect({ host: hostname, port: Number(port), servername: hostname, ca: demo.ca, ...identity });
  const headers = ['Content-Type: application/x-www-form-urlencoded', 'Content-Length: 9', 'Expect: 100-continue'];
  socket.write(rawRequest({ url: demo.addresses.api }, `POST ${token} HTTP/1.1`, headers));
  return new Promise((resolve, reject) => {
    socket.once('data', () => resolve(socket));
    socket.once('error', reject);
  });
}

async function keepOpen<T>(client: Enrolled | undefined, work: () => Promise<T>): Promise<T> {
  const sockets = await Promise.all(Array.from({ length: most }, () => openRequest(client)));
  try {
    return await work();
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

/** Asks until the requests of connections that have ended are no longer counted. */
async function askUntil(status: number, client: Enrolled | undefined) {
  for (let tries = 0; tries < 200; tries += 1) {
    const { answers } = await ask(client);
    if (answers[0]?.status === status) return;
  }
  throw new Error(`never answered ${status}`);
}

describe('requests of one party at once', () => {
  it('D5 S49: refuses a third party that has too many unanswered, and nobody else', async () => {
    await keepOpen(loud, async () => {
      const refused = (await ask(loud)).answers[0];
      expect(refused?.status).toBe(429);
      expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
      expect(JSON.parse(refused?.text ?? '')).toMatchObject({ error_code: 'RATE_LIMITED' });
      expect((await ask(other)).answers[0]?.status).toBe(200);
    });
    await askUntil(200, loud);
  });

  it('D5: answers 503 and never 429 where a payment service user waits', async () => {
    await keepOpen(loud, async () => {
      const refused = (await ask(loud, ['PSU-IP-Address: 192.0.2.1'])).answers[0];
      expect(refused?.status).toBe(503);
      expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
      expect(JSON.parse(refused?.text ?? '')).toMatchObject({ error_code: 'SERVER_BUSY' });
    });
  });

  it('D5: counts who presents no certificate by address, apart from third parties at the same address', async () => {
    await keepOpen(undefined, async () => {
      expect((await ask(undefined)).answers[0]?.status).toBe(429);
      expect((await ask(loud)).answers[0]?.status).toBe(200);
    });
    await askUntil(401, undefined);
  });
});

/** Each is another client: its name makes its body another one. */
function register(client: Enrolled, name: string, from: string) {
  const { party } = client;
  const metadata = buildClientMetadata({
    clientName: name,
    redirectUris: [redirectUriOf(party)],
    scope: 'aisp',
    sealPaths: [client.sealPath],
  });
  return sendOverTls({
    method: 'POST',
    url: registrationAddress(world.bank),
    ca: demo.ca,
    identity: client.qwac,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(metadata),
    from,
  });
}

describe('registrations of one third party at once', () => {
  const many = 40;

  it('D5 S49: refuses what is too much of one, with Retry-After, and takes that of another meanwhile', async () => {
    const crowd = Array.from({ length: many }, (_, at) => register(loud, `Crowd ${at}`, '127.0.0.2'));
    const beside = await register(other, 'Beside', '127.0.0.3');
    const answers = await Promise.all(crowd);
    expect(beside.status).toBe(201);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    for (const { headers, text } of refused) {
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(JSON.parse(text)).toMatchObject({ error_code: 'RATE_LIMITED' });
    }
    expect(answers.filter(({ status }) => status === 201).length).toBe(many - refused.length);
  });
});
