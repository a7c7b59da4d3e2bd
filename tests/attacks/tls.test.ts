import { Agent, request } from 'node:https';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oid } from '../../core/src/certificate/object-identifiers.js';
import { refreshGrant, requestToken } from '../../tpp/src/oauth/request-token.js';
import { fetchServerMetadata } from '../../tpp/src/oauth/server-metadata.js';
import { type DemoAuthority, openDemoAuthority } from '../material/demo-authority.js';
import { type Enrolled, enroll, obtainTokens, openTppWorld, type TppWorld } from '../material/enroll.js';
import { expectRefusal } from '../material/expect-refusal.js';
import { name } from '../material/issue.js';
import { foreignPrivateKey } from '../material/odd-keys.js';
import type { TlsAnswer } from '../material/send-over-tls.js';
import { type RawAnswer, rawRequest, sendRaw } from '../material/send-raw.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';

let demo: RunningDemo;
let world: TppWorld;
let client: Enrolled;
let authority: DemoAuthority;

beforeAll(async () => {
  demo = await startDemo();
  world = openTppWorld(demo);
  client = await enroll(world);
  authority = openDemoAuthority(demo, client.party.organizationIdentifier);
});

afterAll(async () => {
  world?.close();
  await demo?.stop();
});

const registrations = '/demo-bank/oauth2/registrations';
/** So that the client's own OpenSSL offers what the server is to refuse. */
const careless: ConnectionOptions = { ciphers: 'DEFAULT@SECLEVEL=0' };

describe('the handshake', () => {
  it('C2: ends the handshake of who has the certificate and not its key', async () => {
    const { keys, path } = authority.issue();
    const key = foreignPrivateKey(keys);
    const { closed, answers } = await sendRaw(
      { url: demo.addresses.api, ca: demo.ca, identity: { path, key } },
      'GET / HTTP/1.1\r\n\r\n',
    );
    expect({ closed, answers }).toEqual({ closed: true, answers: [] });
    expect(await alertOf({ cert: path, key })).toMatch(/DECRYPT_ERROR/);
  });

  it('C63, C65: resumes no session, so that nothing can be sent ahead of a handshake either', async () => {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const options = {
        ...address(),
        minVersion: version,
        maxVersion: version,
        cert: client.qwac.path,
        key: client.qwac.key,
      };
      const first = await handshake(options);
      const sessions: (Buffer | undefined)[] = [];
      first.on('session', (session) => sessions.push(session));
      first.write(rawRequest({ url: demo.addresses.api }, `GET ${registrations} HTTP/1.1`));
      await new Promise((resolve) => first.once('data', resolve));
      sessions.push(first.getSession());
      first.destroy();
      for (const session of sessions) {
        const second = await handshake({ ...options, session });
        expect(second.isSessionReused()).toBe(false);
        second.destroy();
      }
    }
  });

  it('C64: refuses old versions and weak ciphers with an alert', async () => {
    for (const version of ['TLSv1', 'TLSv1.1'] as const) {
      expect(await alertOf({ minVersion: version, maxVersion: version, ...careless })).toMatch(/PROTOCOL_VERSION/);
    }
    for (const ciphers of [
      'AES128-SHA',
      'AES256-SHA256',
      'ECDHE-RSA-AES128-SHA',
      'ECDHE-RSA-AES128-SHA256',
      'ECDHE-ECDSA-AES128-SHA',
      'ECDHE-ECDSA-AES256-SHA384',
      'AES128-GCM-SHA256',
      'DHE-RSA-AES128-GCM-SHA256',
      'NULL-SHA256',
    ]) {
      expect(await alertOf({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers: `${ciphers}@SECLEVEL=0` })).toMatch(
        /HANDSHAKE_FAILURE/,
      );
    }
  });

  it('C64: refuses renegotiation', async () => {
    const socket = await handshake({ ...address(), minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' });
    const outcome = await new Promise<string>((resolve) => {
      socket.on('error', (cause) => resolve(String((cause as NodeJS.ErrnoException).code)));
      socket.on('close', () => resolve('closed'));
      socket.renegotiate({}, (cause) => resolve(cause === null ? 'renegotiated' : 'refused'));
    });
    socket.destroy();
    expect(outcome).not.toBe('renegotiated');
  });

  it('C64: refuses a handshake without server name, or for another one than the Host', async () => {
    const place = { url: demo.addresses.api, ca: demo.ca, identity: client.qwac };
    for (const tls of [{ servername: '' }, { servername: 'evil.example' }, { servername: 'localhost.evil.example' }]) {
      const { answers } = await sendRaw(
        { ...place, tls: { ...tls, rejectUnauthorized: false } },
        rawRequest(place, `GET ${registrations} HTTP/1.1`),
        1,
      );
      expectRefusal(answers[0] as RawAnswer, 421, 'MISDIRECTED_REQUEST');
    }
  });

  it('C65: asks for no certificate after the handshake', async () => {
    const socket = await handshake({ ...address(), minVersion: 'TLSv1.3' });
    socket.write(rawRequest({ url: demo.addresses.api }, `GET ${registrations} HTTP/1.1`));
    const text = String(await new Promise((resolve) => socket.once('data', resolve)));
    socket.destroy();
    expect(text).toMatch(/^HTTP\/1\.1 401 /);
    expect(text).toContain('CERTIFICATE_MISSING');
  });

  it('C57: a certificate of a megabyte does no harm', async () => {
    const { answers, closed } = await sendRaw(
      {
        url: demo.addresses.api,
        ca: demo.ca,
        identity: authority.issue({ subject: name([oid.commonName, 'a'.repeat(1_000_000)]) }),
      },
      rawRequest({ url: demo.addresses.api }, `GET ${registrations} HTTP/1.1`),
    );
    expect({ answers, closed }).toEqual({ answers: [], closed: true });
  });

  function address(): ConnectionOptions {
    const { hostname, port } = new URL(demo.addresses.api);
    return { host: hostname, port: Number(port), servername: hostname, ca: demo.ca };
  }

  function handshake(options: ConnectionOptions): Promise<TLSSocket> {
    return new Promise((resolve, reject) => {
      const socket = connect(options, () => resolve(socket));
      socket.on('error', reject);
    });
  }
});

describe('a certificate that is revoked while its connection is open', () => {
  it('C26, C63: is refused on the next request, its tokens sleep, and a renewed one wakes them by a refresh', async () => {
    const tokens = await obtainTokens(world, client);
    const agent = new Agent({
      keepAlive: true,
      maxSockets: 1,
      ca: demo.ca,
      cert: client.qwac.path,
      key: client.qwac.key,
    });
    const ask = () => askOn(agent, `${demo.addresses.api}${registrations}`);
    expect((await ask()).answer.status).toBe(200);
    await world.connect().send({
      method: 'POST',
      url: `${demo.addresses.trust}/demo/revoke`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ serialNumber: client.party.qwac?.serialNumber }),
    });
    const refused = await untilRefused(ask);
    agent.destroy();
    expectRefusal(refused.answer, 401, 'CERTIFICATE_REVOKED');
    expect(refused.reused).toBe(true);
    const { tokenEndpoint } = await fetchServerMetadata(client.connection, world.bank);
    const refresh = (connection: Enrolled['connection']) =>
      requestToken({ connection, tokenEndpoint, clientId: client.clientId }, refreshGrant(tokens.refreshToken ?? ''));
    await expect(refresh(client.connection)).rejects.toThrow(/CERTIFICATE_REVOKED|revoked/i);
    const renewed = authority.issue();
    const again = await refresh(world.connect({ certificate: renewed.path, key: renewed.key }));
    expect(again.accessToken).not.toBe(tokens.accessToken);
  });

  interface Asked {
    readonly answer: { readonly status: number; readonly headers: TlsAnswer['headers']; readonly text: string };
    readonly reused: boolean;
  }

  function askOn(agent: Agent, url: string): Promise<Asked> {
    return new Promise((resolve, reject) => {
      const sent = request(url, { agent }, async (answer) => {
        const text = Buffer.concat(await answer.toArray()).toString();
        resolve({
          answer: { status: answer.statusCode ?? 0, headers: answer.headers, text },
          reused: sent.reusedSocket,
        });
      });
      sent.on('error', reject);
      sent.end();
    });
  }

  async function untilRefused(ask: () => Promise<Asked>): Promise<Asked> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const asked = await ask();
      if (asked.answer.status !== 200) return asked;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the revoked certificate is still accepted');
  }
});

it('still answers', async () => {
  const { path, key } = authority.issue();
  const place = { url: demo.addresses.api, ca: demo.ca, identity: { path, key } };
  const { answers } = await sendRaw(place, rawRequest(place, `GET ${registrations} HTTP/1.1`), 1);
  expect(answers[0]?.status).toBe(200);
});

/** The alert with which the api listener ends a handshake. */
function alertOf(options: ConnectionOptions): Promise<string> {
  const { hostname, port } = new URL(demo.addresses.api);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), servername: hostname, ca: demo.ca, ...options });
    socket.on('error', (cause) => resolve(String((cause as NodeJS.ErrnoException).code)));
    socket.on('close', () => resolve('closed'));
    socket.on('data', () => resolve('answered'));
    setTimeout(() => socket.destroy(), 2_000).unref();
  });
}
