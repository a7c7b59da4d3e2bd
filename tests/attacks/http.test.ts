import { randomBytes } from 'node:crypto';
import { connect as connectPlain } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redirectUriOf } from '../../tpp/src/journey/steps-registration.js';
import { startAuthorization } from '../../tpp/src/oauth/authorization-request.js';
import { oddTargets, smugglingRequests } from '../material/bad-requests.js';
import { type Enrolled, enroll, openTppWorld, type TppWorld } from '../material/enroll.js';
import { expectRefusal } from '../material/expect-refusal.js';
import { sendOverTls } from '../material/send-over-tls.js';
import { type RawAnswer, type RawPlace, rawRequest, sendRaw } from '../material/send-raw.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';

let demo: RunningDemo;
let world: TppWorld;
let client: Enrolled;
let api: RawPlace;
let web: RawPlace;
let management: RawPlace;
let slowHead: Promise<{ readonly answer: RawAnswer | undefined; readonly seconds: number }>;

const check = '/demo-bank/certificate-check';
const registrations = '/demo-bank/oauth2/registrations';
const token = '/demo-bank/oauth2/token';
const start = '/demo-bank/fr/developers';

beforeAll(async () => {
  demo = await startDemo();
  slowHead = sendHalfHead();
  world = openTppWorld(demo);
  client = await enroll(world);
  api = { url: demo.addresses.api, ca: demo.ca, identity: client.qwac };
  web = { url: demo.addresses.web, ca: demo.ca };
  management = { url: demo.addresses.management };
});

afterAll(async () => {
  world?.close();
  await demo?.stop();
});

/** The one answer to bytes after which the connection is to be closed. */
async function refused(
  place: RawPlace,
  bytes: string | Uint8Array | readonly (string | Uint8Array)[],
): Promise<RawAnswer> {
  const { answers, closed } = await sendRaw(place, bytes);
  expect({ answers: answers.length, closed }).toEqual({ answers: 1, closed: true });
  return answers[0] as RawAnswer;
}

/** What stays open: a client that begins a head and does not end it. Begun first, judged last. */
function sendHalfHead(): typeof slowHead {
  const begun = performance.now();
  const { hostname: host, port } = new URL(demo.addresses.management);
  return new Promise((resolve) => {
    const socket = connectPlain({ host, port: Number(port) });
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
      resolve({
        answer: status === 0 ? undefined : { status, headers: {}, text },
        seconds: (performance.now() - begun) / 1_000,
      });
    });
    socket.write('GET /health/live HTTP/1.1\r\nHost: loc');
  });
}

describe('request smuggling, on the api listener', () => {
  it.each(smugglingRequests)('S37: refuses %s and closes', async (_title, requestLine, headers, body) => {
    const answer = await refused(api, rawRequest(api, requestLine, headers, body));
    expectRefusal(answer, 400, 'REQUEST_MALFORMED');
  });

  it('S37: an answer to garbage never stands in the place of the answer to the request before it', async () => {
    const { answers, closed } = await sendRaw(api, [rawRequest(api, `GET ${check} HTTP/1.1`), 'GARBAGE\0\r\n\r\n']);
    expect(closed).toBe(true);
    expect(answers[0]?.status ?? 200).toBe(200);
  });

  it('S37: answers pipelined requests each in its turn', async () => {
    const requests = [1, 2, 3].map((n) => rawRequest(api, `GET ${check} HTTP/1.1`, [`X-Request-Id: r${n}`]));
    const { answers } = await sendRaw(api, requests.join(''), 3);
    expect(answers.map(({ status, headers }) => [status, headers['x-request-id']])).toEqual([
      [200, 'r1'],
      [200, 'r2'],
      [200, 'r3'],
    ]);
  });

  it('S37, P8: a field of the trailer section is none of the head', async () => {
    const body = 'grant_type=client_credentials&client_id=x';
    const chunks = `${body.length.toString(16)}\r\n${body}\r\n0\r\nAuthorization: Bearer x\r\nClient-Cert: :AA==:\r\nContent-Type: text/plain\r\n\r\n`;
    const headers = [
      'Content-Type: application/x-www-form-urlencoded',
      'Transfer-Encoding: chunked',
      'Trailer: Authorization',
    ];
    const { answers } = await sendRaw(api, rawRequest(api, `POST ${token} HTTP/1.1`, headers, chunks), 1);
    expectRefusal(answers[0] as RawAnswer, 401, 'CLIENT_UNKNOWN');
  });
});

describe('heads that two readers could understand differently, on the api listener', () => {
  it.each(oddTargets)('%s: refuses %s', async (_row, _title, requestLine) => {
    expectRefusal(await refused(api, rawRequest(api, requestLine)), 400, 'REQUEST_MALFORMED');
  });

  it.each([
    ['S38', ['Host: HOST', 'Host: evil.example']],
    ['S38', ['Host: HOST', 'Host: HOST']],
    ['T33', ['Authorization: Bearer a', 'Authorization: Bearer b']],
    ['S13', ['Digest: SHA-256=a', 'Digest: SHA-256=b']],
    ['S13', ['Signature: a', 'Signature: b']],
    ['S13', ['Date: a', 'date: b']],
    ['S13', ['X-Request-Id: a', 'X-Request-ID: b']],
    ['S13', ['Content-Type: text/plain', 'Content-Type: application/json']],
    ['S38', ['Expect: something']],
  ])('%s: refuses the headers %j', async (_row, headers) => {
    const { host } = new URL(api.url);
    const lines = headers.map((line) => line.replace('HOST', host));
    expectRefusal(await refused(api, rawRequest(api, `GET ${check} HTTP/1.1`, lines)), 400, 'REQUEST_MALFORMED');
  });

  it.each([
    'Host: evil.example',
    'Host: localhost',
    'Host: localhost:1',
    'Host: 127.0.0.1',
    'Host:',
    'Host: localhost:8443@evil',
    'Host: a b',
  ])('S38, C64: refuses "%s"', async (line) => {
    const answer = await refused(api, rawRequest(api, `GET ${check} HTTP/1.1`, [line]));
    const isMalformed = answer.status === 400;
    expectRefusal(answer, isMalformed ? 400 : 421, isMalformed ? 'REQUEST_MALFORMED' : 'MISDIRECTED_REQUEST');
  });

  it('S38: refuses a request without Host', async () => {
    expectRefusal(await refused(api, `GET ${check} HTTP/1.1\r\n\r\n`), 400, 'REQUEST_MALFORMED');
    expectRefusal(await refused(api, `GET ${check} HTTP/1.0\r\n\r\n`), 400, 'REQUEST_MALFORMED');
  });

  it('S15: heeds no header that would change the method, the path or the host', async () => {
    const lines = [
      'X-HTTP-Method-Override: DELETE',
      'X-HTTP-Method: PUT',
      'X-Original-URL: /health/live',
      'X-Rewrite-URL: /',
      'X-Forwarded-Host: evil.example',
    ];
    const { answers } = await sendRaw(api, rawRequest(api, `GET ${check} HTTP/1.1`, lines), 1);
    expect(answers[0]?.status).toBe(200);
  });

  it.each([
    'TRACE',
    'PATCH',
    'OPTIONS',
    'PROPFIND',
    'PURGE',
    'M-SEARCH',
  ])('refuses the method %s and says which there are', async (method) => {
    const answer = await refused(api, rawRequest(api, `${method} ${check} HTTP/1.1`));
    expectRefusal(answer, 405, 'METHOD_NOT_ALLOWED');
    expect(answer.headers['allow']).toMatch(/GET/);
  });

  it.each(['FOO', 'get', 'GETT', 'G\0T'])('refuses the method %j as no HTTP', async (method) => {
    expectRefusal(await refused(api, rawRequest(api, `${method} ${check} HTTP/1.1`)), 400, 'REQUEST_MALFORMED');
  });

  it('refuses to be a proxy', async () => {
    expectRefusal(
      await refused(api, 'CONNECT internal.example:22 HTTP/1.1\r\nHost: internal.example:22\r\n\r\n'),
      405,
      'METHOD_NOT_ALLOWED',
    );
  });

  it('takes no upgrade to another protocol', async () => {
    for (const lines of [
      [
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        'Sec-WebSocket-Version: 13',
      ],
      ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'],
    ]) {
      const { answers } = await sendRaw(api, rawRequest(api, `GET ${check} HTTP/1.1`, lines), 1);
      expect(answers[0]?.status).toBe(200);
    }
  });

  it('answers HEAD with what there is, without a body', async () => {
    const { answers } = await sendRaw(api, rawRequest(api, `HEAD ${check} HTTP/1.1`), 1);
    expect(answers[0]).toMatchObject({ status: 405, text: '' });
    expect(answers[0]?.headers).toMatchObject({ allow: 'GET', 'cache-control': 'no-store' });
  });

  it('M19 T10: answers HEAD and refuses other methods where a document is served', async () => {
    const jwks = '/demo-bank/oauth2/jwks';
    const pages = '/demo-bank/en/developers';
    for (const [place, path] of [
      [api, jwks],
      [web, pages],
    ] as const) {
      const head = await sendRaw(place, rawRequest(place, `HEAD ${path} HTTP/1.1`), 1);
      expect(head.answers[0]).toMatchObject({ status: 200, text: '' });
      const post = await sendRaw(place, rawRequest(place, `DELETE ${path} HTTP/1.1`), 1);
      expect(post.answers[0]).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
    }
  });
});

describe('sizes, on the api listener', () => {
  it('S40: refuses a head of 20 KB, 2 000 headers and a huge target', async () => {
    const many = Array.from({ length: 2_000 }, (_, n) => `a${n}:`);
    const cases: readonly (readonly [string, readonly string[]])[] = [
      [`GET ${check} HTTP/1.1`, [`X-Large: ${'a'.repeat(20_000)}`]],
      [`GET ${check} HTTP/1.1`, many],
      [`GET ${check} HTTP/1.1`, many.slice(0, 101)],
      [`GET /${'a'.repeat(9_000)} HTTP/1.1`, []],
      [`GET /${'a'.repeat(100_000)} HTTP/1.1`, []],
      [`GET ${check}?${'a=1&'.repeat(3_000)} HTTP/1.1`, []],
    ];
    for (const [requestLine, headers] of cases) {
      expectRefusal(await refused(api, rawRequest(api, requestLine, headers)), 431, 'REQUEST_TOO_LARGE');
    }
  });

  it('S40: takes a head just below the limits', async () => {
    const headers = Array.from({ length: 90 }, (_, n) => `X-${n}: ${'a'.repeat(100)}`);
    const { answers } = await sendRaw(api, rawRequest(api, `GET ${check} HTTP/1.1`, headers), 1);
    expect(answers[0]?.status).toBe(200);
  });

  it.each([
    ['R51', registrations, 'application/json'],
    ['A38', token, 'application/x-www-form-urlencoded'],
  ])('%s: refuses a body of 1 MB on %s before it is read', async (_row, path, type) => {
    const large = await sendRaw(
      api,
      rawRequest(api, `POST ${path} HTTP/1.1`, [`Content-Type: ${type}`, 'Content-Length: 1000000']),
      1,
    );
    expectRefusal(large.answers[0] as RawAnswer, 413, 'REQUEST_TOO_LARGE');
    const chunk = `ffff\r\n${'a'.repeat(0xffff)}\r\n`;
    const chunks = await sendRaw(
      api,
      rawRequest(
        api,
        `POST ${path} HTTP/1.1`,
        [`Content-Type: ${type}`, 'Transfer-Encoding: chunked'],
        chunk.repeat(16),
      ),
      1,
    );
    expectRefusal(chunks.answers[0] as RawAnswer, 413, 'REQUEST_TOO_LARGE');
  });

  it('waits for no body when it knows that it is too large, also with Expect', async () => {
    const lines = ['Content-Type: application/json', 'Content-Length: 1000000', 'Expect: 100-continue'];
    const { answers, closed, invited } = await sendRaw(api, rawRequest(api, `POST ${registrations} HTTP/1.1`, lines));
    expect({ answers: answers.length, closed, invited }).toEqual({ answers: 1, closed: true, invited: false });
    expectRefusal(answers[0] as RawAnswer, 413, 'REQUEST_TOO_LARGE');
  });

  it('asks for a body that it may read, with Expect', async () => {
    const lines = ['Content-Type: application/json', 'Content-Length: 2', 'Expect: 100-continue', 'Connection: close'];
    const { answers, invited } = await sendRaw(api, rawRequest(api, `POST ${registrations} HTTP/1.1`, lines, '{}'));
    expect(invited).toBe(true);
    expectRefusal(answers[0] as RawAnswer, 400, 'METADATA_INVALID');
  });

  it.each([
    ['R52', token, ['Content-Type: application/json']],
    ['R52', token, ['Content-Type: multipart/form-data; boundary=a']],
    ['R52', token, ['Content-Type: application/x-www-form-urlencoded; charset=utf-16']],
    ['R52', token, []],
    ['R52', registrations, ['Content-Type: text/xml']],
    ['R52', registrations, ['Content-Type: application/json, text/plain']],
    ['R52', registrations, ['Content-Type: ;;;']],
    ['R53', registrations, ['Content-Type: application/json', 'Content-Encoding: gzip']],
    ['R53', registrations, ['Content-Type: application/json', 'Content-Encoding: br, identity']],
  ])('%s: refuses on %s the media type %j', async (_row, path, headers) => {
    const { answers } = await sendRaw(
      api,
      rawRequest(api, `POST ${path} HTTP/1.1`, [...headers, 'Content-Length: 2'], '{}'),
      1,
    );
    expectRefusal(answers[0] as RawAnswer, 415, 'MEDIA_TYPE_UNSUPPORTED');
  });
});

describe('bytes that are no HTTP/1.1', () => {
  it('S41: speaks no HTTP/2, whatever is offered', async () => {
    const offering = { ...api, tls: { ALPNProtocols: ['h2', 'http/1.1'] } };
    const { answers } = await sendRaw(offering, rawRequest(api, `GET ${check} HTTP/1.1`), 1);
    expect(answers[0]?.status).toBe(200);
    expect(await sendRaw({ ...api, tls: { ALPNProtocols: ['h2'] } }, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')).toEqual({
      answers: [],
      closed: true,
      invited: false,
    });
  });

  it('S41: refuses the HTTP/2 preface', async () => {
    const settings = Uint8Array.of(0, 0, 0, 4, 0, 0, 0, 0, 0);
    expectRefusal(await refused(api, ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', settings]), 400, 'REQUEST_MALFORMED');
  });

  it('refuses random bytes inside TLS, and random bytes instead of TLS', async () => {
    for (let round = 0; round < 20; round += 1) {
      const bytes = randomBytes(1 + round * 40);
      const { answers } = await sendRaw(api, [bytes, '\r\n\r\n']);
      for (const answer of answers) expectRefusal(answer, 400, 'REQUEST_MALFORMED');
      expect(await sendWithoutTls([bytes, Buffer.alloc(64)])).toBe('');
    }
    expect(await sendWithoutTls([Buffer.from(`GET ${check} HTTP/1.1\r\nHost: localhost\r\n\r\n`)])).toBe('');
    expect(await sendWithoutTls([Buffer.from('PROXY TCP4 10.0.0.1 10.0.0.2 1 443\r\n')])).toBe('');
  });
});

/** What the api listener says to bytes that are no TLS, as text without TLS alerts. */
function sendWithoutTls(parts: readonly Uint8Array[]): Promise<string> {
  const { hostname: host, port } = new URL(api.url);
  return new Promise((resolve) => {
    const socket = connectPlain({ host, port: Number(port) });
    let text = '';
    const timer = setTimeout(() => socket.destroy(), 300);
    socket.on('data', (chunk: Buffer) => {
      text += chunk[0] === 0x15 ? '' : chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(text);
    });
    for (const part of parts) socket.write(part);
  });
}

describe('the web listener', () => {
  const expectPage = (answer: RawAnswer | undefined, status: number) => {
    expect(answer?.status, answer?.text.slice(0, 300)).toBe(status);
    expect(answer?.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer?.text).toMatch(/^<!doctype html>/i);
    expect(answer?.text).not.toMatch(/<script|node_modules|at \w+ \(/);
    expect(answer?.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'.*base-uri 'none'/),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': expect.stringMatching(/^max-age=\d{8}/),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'x-correlation-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(answer?.headers['content-security-policy']).not.toMatch(/unsafe/);
  };

  it.each([
    [200, `GET ${start} HTTP/1.1`, []],
    [200, 'GET / HTTP/1.1', []],
    [404, 'GET /nothing/here HTTP/1.1', []],
    [404, 'GET /metrics HTTP/1.1', []],
    [404, 'GET /health/live HTTP/1.1', []],
    [404, 'GET /demo-bank/oauth2/fr/authorize/unknown HTTP/1.1', []],
    [400, 'GET /demo-bank/oauth2/fr/authorize HTTP/1.1', []],
    [400, 'GET /demo-bank/oauth2/fr/authorize?client_id=a&client_id=b HTTP/1.1', []],
    [400, 'GET /a/../b HTTP/1.1', []],
    [400, 'GET https://evil.example/ HTTP/1.1', []],
    [400, 'GET / HTTP/1.1', ['Cookie: a=1', 'Cookie: b=2']],
    [400, 'GET / HTTP/1.1', ['X-A: a\0b']],
    [400, 'GET / HTTP/1.1', ['nonsense']],
    [421, 'GET / HTTP/1.1', ['Host: evil.example']],
    [431, 'GET / HTTP/1.1', [`X-Large: ${'a'.repeat(20_000)}`]],
    [431, 'GET / HTTP/1.1', Array.from({ length: 200 }, (_, n) => `a${n}:`)],
    [405, 'TRACE / HTTP/1.1', []],
    [405, 'CONNECT evil.example:443 HTTP/1.1', []],
    [403, 'POST /demo-bank/oauth2/fr/authorize/x HTTP/1.1', ['Origin: https://evil.example', 'Content-Length: 0']],
    [415, 'POST /demo-bank/oauth2/fr/authorize/x HTTP/1.1', ['Content-Type: text/plain', 'Content-Length: 1']],
    [
      413,
      'POST /demo-bank/oauth2/fr/authorize/x HTTP/1.1',
      ['Content-Type: application/x-www-form-urlencoded', 'Content-Length: 1000000'],
    ],
  ])('A22, A44, S37 to S40: answers %i with a page and its headers to %s', async (status, requestLine, headers) => {
    const body = headers.includes('Content-Length: 1') ? 'a' : '';
    const { answers } = await sendRaw(web, rawRequest(web, requestLine, headers, body), 1);
    expectPage(answers[0], status);
  });

  it('S14, A35: reflects nothing of the request in its refusals', async () => {
    for (const target of [
      '/%3Cscript%3Ealert(1)%3C/script%3E',
      "/demo-bank/fr/x'onerror=1",
      `/demo-bank/oauth2/fr/authorize?client_id=%3Cimg%20src%3Dx%3E`,
    ]) {
      const { answers } = await sendRaw(web, rawRequest(web, `GET ${target} HTTP/1.1`, ['X-Request-Id: <b>']), 1);
      expect(answers[0]?.status).toBeGreaterThanOrEqual(400);
      const { 'x-request-id': _echoed, ...headers } = answers[0]?.headers ?? {};
      expect(`${answers[0]?.text}${JSON.stringify(headers)}`).not.toMatch(/<script|<img src=x|onerror=1|<b>/);
    }
  });

  it('A31, A20: sets no cookie without Secure, HttpOnly, SameSite and __Host-, and redirects by 303', async () => {
    const endpoint = `${demo.addresses.web}/demo-bank/oauth2/fr/authorize`;
    const wish = {
      issuer: '',
      authorizationEndpoint: endpoint,
      clientId: client.clientId,
      redirectUri: redirectUriOf(client.party),
      scope: 'aisp',
    };
    const answer = await sendOverTls({ method: 'GET', url: startAuthorization(wish).url, ca: demo.ca });
    expect(answer.status).toBe(303);
    const cookies = [answer.headers['set-cookie'] ?? []].flat();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Host-/);
      expect(cookie).toMatch(/; Secure(;|$)/);
      expect(cookie).toMatch(/; HttpOnly(;|$)/);
      expect(cookie).toMatch(/; SameSite=(Lax|Strict)(;|$)/);
      expect(cookie).toMatch(/; Path=\/(;|$)/);
      expect(cookie).not.toMatch(/Domain=/i);
    }
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
    });
  });

  it('asks browsers for no certificate, and serves nothing of the api', async () => {
    for (const path of [
      check,
      registrations,
      '/demo-bank/stet-psd2-api/v1/accounts',
      '/.well-known/oauth-authorization-server/demo-bank',
    ]) {
      const { answers } = await sendRaw({ ...web, identity: client.qwac }, rawRequest(web, `GET ${path} HTTP/1.1`), 1);
      expectPage(answers[0], 404);
    }
  });
});

describe('the management listener', () => {
  it.each([
    'evil.example',
    'evil.example:PORT',
    'localhost.evil.example:PORT',
    'localhost',
    '0.0.0.0:PORT',
    '[::1]:PORT',
  ])('O15: answers nothing under the foreign Host %s, so that no page can rebind a name to it', async (host) => {
    const line = `Host: ${host.replace('PORT', new URL(management.url).port)}`;
    const answer = await refused(management, rawRequest(management, 'GET /metrics HTTP/1.1', [line]));
    expectRefusal(answer, 421, 'MISDIRECTED_REQUEST');
  });

  it('O15: is reached on no public listener', async () => {
    for (const path of ['/metrics', '/health/live', '/health/ready']) {
      const { answers } = await sendRaw(api, rawRequest(api, `GET ${path} HTTP/1.1`), 1);
      expectRefusal(answers[0] as RawAnswer, 404, 'NOT_FOUND');
    }
    expect((await sendRaw(management, rawRequest(management, 'GET /health/live HTTP/1.1'), 1)).answers[0]?.status).toBe(
      200,
    );
  });
});

describe('afterwards', () => {
  it('D2: closes a head that does not end within 10 s', async () => {
    const { answer, seconds } = await slowHead;
    expect(answer?.status).toBe(408);
    expect(seconds).toBeGreaterThan(9);
    expect(seconds).toBeLessThan(14);
  });

  it('still answers', async () => {
    const { answers } = await sendRaw(api, rawRequest(api, `GET ${check} HTTP/1.1`), 1);
    expect(JSON.parse(answers[0]?.text ?? '{}')).toMatchObject({ outcome: 'qualified' });
    expect((await sendRaw(web, rawRequest(web, `GET ${start} HTTP/1.1`), 1)).answers[0]?.status).toBe(200);
  });
});
