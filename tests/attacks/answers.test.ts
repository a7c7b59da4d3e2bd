import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  apiSecurityHeaders,
  consoleSecurityHeaders,
  webSecurityHeaders,
} from '../../server/src/http/web-security-headers.js';
import { type RawAnswer, type RawPlace, rawRequest, sendRaw } from '../material/send-raw.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';

let demo: RunningDemo;
let tooSlow: ReadonlyMap<string, Promise<RawAnswer | undefined>>;

const listeners = ['api', 'web', 'operator', 'management'] as const;
type Listener = (typeof listeners)[number];

beforeAll(async () => {
  demo = await startDemo();
  tooSlow = new Map(listeners.map((name) => [name, waitForAnswer(placeOf(name), 'GET / HTTP/1.1\r\nHost: loc')]));
});

afterAll(() => demo?.stop());

function placeOf(name: Listener): RawPlace {
  return { url: demo.addresses[name], ca: demo.ca };
}

async function waitForAnswer(place: RawPlace, bytes: string): Promise<RawAnswer | undefined> {
  return (await sendRaw({ ...place, patience: 45_000 }, bytes, 1)).answers[0];
}

interface Odd {
  readonly line: string;
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly status: number;
}

const long = 'a'.repeat(200);
const formType = 'Content-Type: application/x-www-form-urlencoded';

/** What any listener refuses, below a path: in it, before it, or in the framework under it. */
const oddities = (path: string): readonly Odd[] => [
  { line: `GET ${path}/nothing HTTP/1.1`, status: 404 },
  { line: `GET ${path}/${long} HTTP/1.1`, status: 404 },
  { line: `GET ${path}/${long}/${long}/${long} HTTP/1.1`, status: 404 },
  { line: `PATCH ${path}/nothing HTTP/1.1`, status: 405 },
  { line: `OPTIONS ${path}/nothing HTTP/1.1`, status: 405 },
  { line: `QUERY ${path}/nothing HTTP/1.1`, status: 405 },
  { line: `GET ${path}/% HTTP/1.1`, status: 400 },
  { line: `GET ${path}/%c0%ae HTTP/1.1`, status: 400 },
  { line: `GET ${path}/ HTTP/1.2`, status: 400 },
  { line: `GET ${path}/a HTTP/1.1`, headers: ['Host: '], status: 421 },
  { line: `GET ${path}/a HTTP/1.1`, headers: ['X-A: a\0b'], status: 400 },
  { line: `GET ${path}/a HTTP/1.1`, headers: ['Cookie: a=1', 'Cookie: a=2'], status: 400 },
  { line: `GET ${path}/a HTTP/1.1`, headers: ['Expect: nothing'], status: 400 },
  { line: `GET ${path}/a HTTP/1.1`, headers: ['Content-Length: 5'], body: 'abcde', status: 400 },
  { line: `GET ${path}/a HTTP/1.1`, headers: ['Content-Encoding: gzip'], status: 415 },
  { line: `GET ${path}/a HTTP/1.1`, headers: [`X-Large: ${'a'.repeat(17_000)}`], status: 431 },
  { line: `GET ${path}/a HTTP/1.1`, headers: Array.from({ length: 101 }, (_, n) => `a${n}: 1`), status: 431 },
  { line: `POST ${path}/a HTTP/1.1`, headers: ['Transfer-Encoding: gzip'], body: '0\r\n\r\n', status: 400 },
  { line: `POST ${path}/a HTTP/1.1`, headers: [formType, 'Transfer-Encoding: chunked'], body: 'zz\r\n', status: 400 },
  { line: `POST ${path}/a HTTP/1.1`, headers: [formType, 'Content-Length: 65537'], status: 413 },
  { line: `POST ${path}/a HTTP/1.1`, headers: ['Content-Length: 65537', 'Expect: 100-continue'], status: 413 },
  {
    line: `POST ${path}/a HTTP/1.1`,
    headers: [formType, 'Transfer-Encoding: chunked'],
    body: `10001\r\n${'a'.repeat(65_537)}\r\n`,
    status: 413,
  },
  { line: `POST ${path}/a HTTP/1.1`, headers: ['Content-Type: ;', 'Content-Length: 1'], body: 'a', status: 415 },
];

type Dialect = 'oauth' | 'stet' | 'page';

/** Which dialect is spoken where; brands that are not there have it too. */
const places: readonly (readonly [Listener, string, Dialect])[] = [
  ['api', '/demo-bank/oauth2', 'oauth'],
  ['api', '/demo-bank/oauth2/registrations', 'oauth'],
  ['api', '/nobody/oauth2', 'oauth'],
  ['api', '/demo-bank/stet-psd2-api/v1', 'stet'],
  ['api', '/sandbox/nobody/stet-psd2-api/v1', 'stet'],
  ['web', '/demo-bank/oauth2/fr/authorize', 'page'],
  ['web', '/nobody/en', 'page'],
  ['operator', '/nobody', 'page'],
  ['management', '/metrics', 'oauth'],
];

describe.each(places)('below the %s listener%s', (listener, path, dialect) => {
  it.each(
    oddities(path).map((odd) => [summarize(odd), odd] as const),
  )('M19: refuses %s the one way', async (_, odd) => {
    const { line, headers = [], body = '', status } = odd;
    const place = placeOf(listener);
    const { answers, invited } = await sendRaw(place, rawRequest(place, line, headers, body), 1);
    expect(invited).toBe(false);
    // Of a head that is larger than Node reads, nobody knows the path.
    const isRead = !headers.some((header) => header.length > 16_384);
    expectManners(answers[0], { listener, dialect: dialect === 'stet' && !isRead ? 'oauth' : dialect });
    const expected = mayNeedSomebody(path) && status === 404 ? [401, 404, 405] : [status];
    expect(expected, answers[0]?.text.slice(0, 300)).toContain(answers[0]?.status);
  });

  it('refuses a proxy the one way', async () => {
    const place = placeOf(listener);
    const { answers } = await sendRaw(place, 'CONNECT 127.0.0.1:80 HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n');
    expect(answers[0]?.status).toBe(405);
    expectManners(answers[0], { listener, dialect: dialect === 'stet' ? 'oauth' : dialect });
  });
});

/** Where a name follows that only somebody with a credential is told of. */
function mayNeedSomebody(path: string): boolean {
  return path.endsWith('/registrations');
}

function summarize({ line, headers = [], status }: Odd): string {
  return `${status} ${line.replaceAll(long, '…')} ${headers.join(' ').slice(0, 60)}`;
}

const securityHeaders = {
  api: apiSecurityHeaders,
  web: webSecurityHeaders,
  operator: consoleSecurityHeaders,
  management: apiSecurityHeaders,
} as const;

function expectManners(answer: RawAnswer | undefined, where: { listener: Listener; dialect: Dialect }): void {
  const { listener, dialect } = where;
  expect(answer?.headers).toMatchObject({
    ...securityHeaders[listener],
    'x-correlation-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'content-type': dialect === 'page' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
  });
  const text = answer?.text ?? '';
  const reference = answer?.headers['x-correlation-id'];
  expect(text).not.toMatch(/FST_ERR|statusCode|node_modules|at \w+ \(/);
  if (dialect === 'page') expect(text).toContain(reference);
  else {
    const stet = { status: answer?.status, path: expect.any(String), timestamp: expect.any(String) };
    expect(JSON.parse(text)).toMatchObject({
      error: expect.any(String),
      error_code: expect.any(String),
      documentation: expect.stringMatching(/\/errors#[A-Z_]+$/),
      correlation_id: reference,
      ...(dialect === 'stet' ? stet : { error_description: expect.any(String) }),
    });
  }
}

describe('whoever breaks off in the middle', () => {
  it.each(['api', 'web'] as const)('D2: fills no log at the %s listener', async (listener) => {
    const before = demo.logged();
    const targets = ['/demo-bank/oauth2/registrations', '/demo-bank/oauth2/token', '/demo-bank/oauth2/fr/authorize/x'];
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(targets.map((target) => leaveInTheMiddle(placeOf(listener), target, round)));
    }
    const place = placeOf(listener);
    const { answers } = await sendRaw(place, rawRequest(place, 'GET /nothing HTTP/1.1'), 1);
    expect(answers[0]?.status).toBe(404);
    expect(demo.logged()).toBe(before);
  });
});

/** Sends half of a body and ends the connection, at once or in order. */
function leaveInTheMiddle(place: RawPlace, target: string, index: number): Promise<void> {
  const { hostname: host, port } = new URL(place.url);
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), servername: host, ca: demo.ca });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
    const lines = [formType, 'Content-Length: 60000'];
    const bytes = rawRequest(place, `POST ${target} HTTP/1.1`, lines, 'a'.repeat(30_000));
    socket.write(bytes, () => (index % 2 === 0 ? socket.destroy() : socket.end(() => socket.destroy())));
  });
}

describe('whoever is too slow', () => {
  it.each(listeners)('D2: is told so at the %s listener, with the manners of every answer', async (listener) => {
    const answer = await tooSlow.get(listener);
    expect(answer?.status).toBe(408);
    expectManners(answer, { listener, dialect: listener === 'web' || listener === 'operator' ? 'page' : 'oauth' });
  });

  it('D2: is told so in the dialect of the path when the body does not come', async () => {
    const place = placeOf('api');
    const lines = ['Content-Type: application/json', 'Content-Length: 10', 'X-Request-Id: slow'];
    const before = demo.logged();
    const answer = await waitForAnswer(
      place,
      rawRequest(place, 'POST /demo-bank/stet-psd2-api/v1/accounts HTTP/1.1', lines, '{'),
    );
    expect(answer?.status).toBe(408);
    expectManners(answer, { listener: 'api', dialect: 'stet' });
    expect(answer?.headers['x-request-id']).toBe('slow');
    expect(demo.logged()).toBe(before);
  });
});
