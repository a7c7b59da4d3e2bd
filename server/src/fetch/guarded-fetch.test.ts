import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { createGuardedFetch, type FetchPolicy, type FetchRequest } from './guarded-fetch.js';

const limits: FetchRequest = { maxBytes: 1000, timeoutMs: 5000 };
const open: FetchPolicy = { allowPrivateAddresses: true, allowPlainHttp: true };

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a source that may be asked', () => {
  test('answers bytes, headers and validators', async () => {
    const url = await listen((request, response) => {
      response.setHeader('etag', '"1"');
      response.end(`${request.method} ${request.headers['accept-encoding']} ${request.headers.accept}`);
    });
    const answer = await createGuardedFetch(open)(url, { ...limits, accept: 'text/xml' });
    expect(answer).toMatchObject({ status: 200, etag: '"1"' });
    expect(answer.failure === undefined && new TextDecoder().decode(answer.bytes)).toBe('GET identity text/xml');
  });

  test('receives a body by POST', async () => {
    const url = await listen((request, response) => void request.pipe(response));
    const answer = await createGuardedFetch(open)(url, { ...limits, method: 'POST', body: new Uint8Array([1, 2, 3]) });
    expect(answer).toMatchObject({ status: 200, bytes: new Uint8Array([1, 2, 3]) });
  });

  test('may say that nothing changed', async () => {
    const url = await listen((_request, response) => response.writeHead(304).end());
    expect(await createGuardedFetch(open)(url, limits)).toMatchObject({ status: 304, bytes: new Uint8Array() });
  });

  test('is reached by name at the address that was judged, whatever the name says later', async () => {
    const url = new URL(await listen((request, response) => response.end(request.headers.host)));
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    const answer = await createGuardedFetch({ ...open, resolve })(`http://lists.invalid:${url.port}/`, limits);
    expect(answer.failure === undefined && new TextDecoder().decode(answer.bytes)).toBe(`lists.invalid:${url.port}`);
  });

  test('is reached where the network puts the address that was judged', async () => {
    const url = new URL(await listen((request, response) => response.end(request.headers.host)));
    const asked: unknown[] = [];
    const answer = await createGuardedFetch({
      allowPlainHttp: true,
      resolve: async () => [{ address: '93.184.216.34', family: 4 }],
      route: (end) => {
        asked.push(end);
        return { address: '127.0.0.1', family: 4, port: Number(url.port) };
      },
    })('http://lists.invalid/', limits);
    expect(answer.failure === undefined && new TextDecoder().decode(answer.bytes)).toBe('lists.invalid');
    expect(asked).toEqual([{ address: '93.184.216.34', family: 4, port: 80 }]);
  });
});

describe('a source that misbehaves', () => {
  test('by a redirect is not followed [U13]', async () => {
    const asked: (string | undefined)[] = [];
    const url = await listen((request, response) => {
      asked.push(request.url);
      response.writeHead(302, { location: '/other' }).end();
    });
    expect(await createGuardedFetch(open)(url, limits)).toEqual({
      failure: 'the answer is a redirect (302), which is not followed',
      status: 302,
      refused: true,
    });
    expect(asked).toEqual(['/']);
  });

  test('by a status is a failure', async () => {
    const url = await listen((_request, response) => response.writeHead(503).end('busy'));
    expect(await createGuardedFetch(open)(url, limits)).toEqual({
      failure: 'the answer has the status 503',
      status: 503,
    });
  });

  test('by an announced or real length over the cap is cut off [C37]', async () => {
    const announced = await listen((_request, response) =>
      response.writeHead(200, { 'content-length': 2_000_000_000 }).write('x'),
    );
    const endless = await listen((_request, response) => {
      const more = () => {
        while (response.write(new Uint8Array(64_000)));
      };
      response.on('drain', more);
      more();
    });
    const failure = { failure: 'the answer is longer than 1000 bytes' };
    expect(await createGuardedFetch(open)(announced, limits)).toEqual(failure);
    expect(await createGuardedFetch(open)(endless, limits)).toEqual(failure);
  });

  test('by a content encoding nobody asked for is refused [C37]', async () => {
    const url = await listen((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(new Uint8Array(1_000_000))),
    );
    expect(await createGuardedFetch(open)(url, limits)).toEqual({
      failure: 'the answer has the content encoding gzip',
    });
  });

  test('by silence, or by never ending, is given up in time', async () => {
    const silent = await listen(() => undefined);
    const slow = await listen((_request, response) => response.writeHead(200).write('x'));
    const failure = { failure: 'no answer within 100 ms' };
    expect(await createGuardedFetch(open)(silent, { ...limits, timeoutMs: 100 })).toEqual(failure);
    expect(await createGuardedFetch(open)(slow, { ...limits, timeoutMs: 100 })).toEqual(failure);
    const stuck = () => new Promise<never>(() => undefined);
    expect(
      await createGuardedFetch({ ...open, resolve: stuck })('http://lists.invalid/', { ...limits, timeoutMs: 100 }),
    ).toEqual(failure);
  });

  test('by cutting the body short is a failure', async () => {
    const url = await listen((_request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('x');
      response.destroy();
    });
    expect((await createGuardedFetch(open)(url, limits)).failure).toBeDefined();
  });

  test('by not being there is a failure', async () => {
    const url = await listen(() => undefined);
    const port = new URL(url).port;
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    expect(await createGuardedFetch(open)(`http://127.0.0.1:${port}`, limits)).toMatchObject({
      failure: expect.stringContaining('ECONNREFUSED'),
    });
    const resolve = async () => Promise.reject(new Error('no such name'));
    expect(await createGuardedFetch({ resolve })('https://lists.invalid', limits)).toEqual({
      failure: 'no such name',
      noAddress: true,
    });
    expect(await createGuardedFetch({ resolve: async () => [] })('https://lists.invalid', limits)).toEqual({
      failure: 'lists.invalid has no address',
      noAddress: true,
    });
  });
});

describe('an address that may not be asked [C35] [R35] [U15]', () => {
  const schemes = [
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    'ftp://lists.invalid/',
    'ldap://lists.invalid/',
    'data:,x',
    'nonsense',
    '',
  ];
  test.each(schemes)('by its scheme: %s', async (url) => {
    expect((await createGuardedFetch(open)(url, limits)).failure).toMatch(/scheme|not a URL/);
  });

  const hosts = [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.1',
    '017700000001',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '169.254.169.254',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '[::1]',
    '[::]',
    '[fd00::1]',
    '[fe80::1]',
    '[::ffff:10.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::a00:1]',
    '[64:ff9b::127.0.0.1]',
    '[64:ff9b:1::1]',
    '[2002:7f00:1::]',
    '[2001::1]',
    '[::7f00:1]',
    '[ff02::1]',
    '[2001:db8::1]',
  ];
  test.each(hosts)('by its host: %s', async (host) => {
    const answer = await createGuardedFetch({ allowPlainHttp: true })(`http://${host}/`, limits);
    expect(answer.failure).toMatch(/refused address/);
  });

  test.each([
    '169.254.169.254',
    '[fe80::1]',
    '224.0.0.1',
    '[::ffff:169.254.169.254]',
  ])('even where private addresses are allowed: %s', async (host) => {
    expect((await createGuardedFetch(open)(`http://${host}/`, limits)).failure).toMatch(/refused address/);
  });

  test('by one of the addresses of its name', async () => {
    const resolve = async () => [
      { address: '93.184.216.34', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];
    expect(await createGuardedFetch({ resolve })('https://lists.invalid/', limits)).toEqual({
      failure: 'lists.invalid resolves to the refused address 10.0.0.1',
      noAddress: true,
      refused: true,
    });
  });

  test('by its port, by plain http, by user information', async () => {
    const fetch = createGuardedFetch({});
    expect(await fetch('https://lists.invalid:5432/', limits)).toEqual({
      failure: 'the port 5432 is refused',
      refused: true,
    });
    expect(await fetch('http://lists.invalid/', limits)).toEqual({ failure: 'plain http is refused', refused: true });
    expect(await fetch('https://a:b@lists.invalid/', limits)).toEqual({
      failure: 'a URL with user information is refused',
      refused: true,
    });
  });

  test('but plain http is open to what carries its own signature', async () => {
    const url = await listen((_request, response) => response.end('status'));
    const fetch = createGuardedFetch({ allowPrivateAddresses: true });
    expect(await fetch(url, limits)).toEqual({ failure: 'plain http is refused', refused: true });
    expect(await fetch(url, { ...limits, plainHttp: true })).toMatchObject({ status: 200 });
  });
});
