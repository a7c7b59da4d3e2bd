import { connect as connectPlain } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Enrolled, enroll, openTppWorld, type TppWorld } from '../material/enroll.js';
import { expectRefusal } from '../material/expect-refusal.js';
import { sendOverTls, type TlsAnswer } from '../material/send-over-tls.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';

let demo: RunningDemo;
let world: TppWorld;
let client: Enrolled;

beforeAll(async () => {
  demo = await startDemo();
  world = openTppWorld(demo);
  client = await enroll(world);
});

afterAll(async () => {
  world?.close();
  await demo?.stop();
});

const registrations = '/demo-bank/oauth2/registrations';
const json = 'application/json';
const form = 'application/x-www-form-urlencoded';

function post(path: string, type: string, body: string): Promise<TlsAnswer> {
  return sendOverTls({
    method: 'POST',
    url: `${demo.addresses.api}${path}`,
    ca: demo.ca,
    identity: client.qwac,
    headers: { 'content-type': type },
    body,
  });
}

/** The answer, and the milliseconds that it took beyond those of a trifling request of the same kind. */
async function timed(
  path: string,
  type: string,
  body: string,
): Promise<{ readonly answer: TlsAnswer; readonly extra: number }> {
  const measure = async (text: string) => {
    const begun = performance.now();
    const answer = await post(path, type, text);
    return { answer, took: performance.now() - begun };
  };
  const trifle = await measure(type === json ? '[' : '=');
  const { answer, took } = await measure(body);
  return { answer, extra: took - trifle.took };
}

/** Milliseconds: generous to a busy machine, and far below what one step that is not linear would take. */
const patience = 1_000;

const almostAll = 65_000;
const repeat = (text: string) => text.repeat(Math.floor(almostAll / text.length));
const member = (text: string) => `{"client_name":${text}}`;

describe('JSON bombs', () => {
  it.each([
    ['arrays in arrays', '['.repeat(almostAll)],
    ['closed arrays in arrays', `${'['.repeat(almostAll / 2)}${']'.repeat(almostAll / 2)}`],
    ['objects in objects', repeat('{"a":')],
    ['arrays just too deep', member(`${'['.repeat(100)}${']'.repeat(100)}`)],
    ['a number of 60 000 digits', member('1'.repeat(60_000))],
    ['a huge exponent', member('1e999999999')],
    ['an exponent of 60 000 digits', member(`1e${'9'.repeat(60_000)}`)],
    ['a text without end', `{"client_name":"${'a'.repeat(almostAll)}`],
    ['escapes without end', `{"client_name":"${repeat('\\u0041')}`],
    ['backslashes without end', `{"client_name":"${'\\'.repeat(almostAll)}`],
    ['white space', ' '.repeat(almostAll)],
    ['the same name 10 000 times', `{${repeat('"a":1,')}"a":1}`],
  ])('D7: refuses %s', async (_title, body) => {
    const { answer, extra } = await timed(registrations, json, body);
    expectRefusal(answer, 400, 'REQUEST_MALFORMED');
    expect(extra).toBeLessThan(patience);
  });

  it.each([
    ['a number of 60 000 decimals', member(`0.${'1'.repeat(60_000)}`)],
    ['20 000 numbers in an array', member(`[${repeat('1,')}1]`)],
    ['20 000 keys', `{"jwks":{"keys":[${repeat('{},')}{}]}}`],
    ['20 000 redirect URIs', `{"redirect_uris":[${repeat('"",')}""]}`],
    ['20 000 contacts', `{"contacts":[${repeat('"a",')}"a"]}`],
    ['x5c of 10 000 items', `{"jwks":{"keys":[{"x5c":[${repeat('"AAAA",')}"AAAA"]}]}}`],
    ['a scope of 20 000 names', `{"scope":"${repeat('aisp ')}"}`],
    ['a redirect URI of 60 KB', `{"redirect_uris":["https://a.example/${'a'.repeat(60_000)}"]}`],
    ['a redirect URI of dots', `{"redirect_uris":["https://${'a.'.repeat(30_000)}example/"]}`],
    ['a name of combining marks', member(`"${'\u0301'.repeat(20_000)}"`)],
    ['a logo that is no image', `{"logo_uri":"data:image/png;base64,${'A'.repeat(60_000)}"}`],
  ])('D7: refuses %s', async (_title, body) => {
    const { answer, extra } = await timed(registrations, json, body);
    expect(answer.status, answer.text.slice(0, 300)).toBe(400);
    expectRefusal(answer, 400, String(answer.json['error_code']));
    expect(answer.text.length).toBeLessThan(50_000);
    expect(extra).toBeLessThan(patience);
  });
});

describe('keys that collide', () => {
  /** Names that hash to the same value under the hash of Java, PHP and old engines. */
  const colliding = (bits: number): readonly string[] =>
    Array.from({ length: 2 ** bits }, (_, n) =>
      Array.from({ length: bits }, (_bit, at) => ((n >> at) & 1 ? 'Aa' : 'BB')).join(''),
    );

  it.each([
    ['numbers', Array.from({ length: 7_000 }, (_, n) => String(n))],
    ['numbers far apart', Array.from({ length: 4_000 }, (_, n) => String(n * 524_288))],
    ['names of one hash', colliding(11)],
    ['names of objects', ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__']],
  ])('D8: %s cost no more than others', async (_title, names) => {
    const members = names
      .map((name) => `${JSON.stringify(name)}:1`)
      .join(',')
      .slice(0, almostAll)
      .replace(/,[^,]*$/, '');
    const { answer, extra } = await timed(registrations, json, `{${members}}`);
    expect(answer.status).toBe(400);
    expect(extra).toBeLessThan(patience);
    const pairs = names
      .map((name) => `${name}=1`)
      .join('&')
      .slice(0, almostAll);
    const sent = await timed('/demo-bank/oauth2/token', form, pairs);
    expectRefusal(sent.answer, 400, 'OAUTH_REQUEST_INVALID');
    expect(sent.extra).toBeLessThan(patience);
  });

  it('D8: queries of many parameters cost no more either', async () => {
    const query = Array.from({ length: 1_500 }, (_, n) => `a${n}=`)
      .join('&')
      .slice(0, 8_000);
    const begun = performance.now();
    const answer = await sendOverTls({
      method: 'GET',
      url: `${demo.addresses.api}/demo-bank/certificate-check?${query}`,
      ca: demo.ca,
      identity: client.qwac,
    });
    expect(answer.status).toBe(200);
    expect(performance.now() - begun).toBeLessThan(patience * 2);
  });
});

it('D7: a hundred bombs at once hold nobody up', async () => {
  const bombs = Array.from({ length: 100 }, () => post(registrations, json, '['.repeat(almostAll)));
  const begun = performance.now();
  const good = await sendOverTls({
    method: 'GET',
    url: `${demo.addresses.api}/demo-bank/certificate-check`,
    ca: demo.ca,
    identity: client.qwac,
  });
  const took = performance.now() - begun;
  expect(good.json['outcome']).toBe('qualified');
  expect(took).toBeLessThan(10 * patience);
  for (const answer of await Promise.all(bombs)) expectRefusal(answer, 400, 'REQUEST_MALFORMED');
});

it('still answers', async () => {
  const answer = await sendOverTls({
    method: 'GET',
    url: `${demo.addresses.api}${registrations}`,
    ca: demo.ca,
    identity: client.qwac,
  });
  expect(answer.status).toBe(200);
});

it('D2: heads that never end do not keep the server from stopping', async () => {
  const { hostname: host, port } = new URL(demo.addresses.api);
  const management = new URL(demo.addresses.management);
  const sockets = [
    connectTls({ host, port: Number(port), servername: host, ca: demo.ca }),
    connectPlain({ host: management.hostname, port: Number(management.port) }),
  ];
  for (const socket of sockets) {
    socket.on('error', () => undefined);
    await new Promise<void>((resolve) => socket.write('GET / HTTP/1.1\r\nHost: loc', () => resolve()));
  }
  const begun = performance.now();
  await demo.stop();
  expect(performance.now() - begun).toBeLessThan(15_000);
  for (const socket of sockets) socket.destroy();
});
