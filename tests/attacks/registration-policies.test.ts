import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Party } from '../../tpp/src/journey/party.js';
import { redirectUriOf } from '../../tpp/src/journey/steps-registration.js';
import { startAuthorization } from '../../tpp/src/oauth/authorization-request.js';
import { type Enrolled, enroll, equip, obtainTokens, type TppWorld } from '../material/enroll.js';
import { expectRefusal } from '../material/expect-refusal.js';
import {
  kidOf,
  type PolicyBank,
  type RegistrationRequest,
  sealOf,
  startPolicyBank,
  x5cOf,
} from '../material/policy-bank.js';
import { sendOverTls, type TlsAnswer } from '../material/send-over-tls.js';
import { callAccounts, type SignedCaller } from '../material/send-signed.js';
import type { RunningBank } from '../material/start-bank.js';
import type { StrangerNetwork } from '../material/stranger-network.js';

let policy: PolicyBank;
let bank: RunningBank;
let web: StrangerNetwork;
let world: TppWorld;
let tpp: Party;

/** `demo-bank` verifies the addresses of keys. */
beforeAll(async () => {
  policy = await startPolicyBank({
    'demo-bank': { verifyX5u: true, registrationsPerMinute: 10_000 },
  });
  ({ bank, web, world, tpp } = policy);
});

afterAll(() => policy?.stop());

let number = 0;
const send = (request: RegistrationRequest) => policy.send(request);
const metadata = (key: object = {}, party = tpp) => ({
  client_name: `Application ${++number}`,
  redirect_uris: ['https://tpp.example/callback'],
  scope: 'aisp',
  jwks: { keys: [{ x5c: x5cOf(party), ...key }] },
});
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const listTexts = async (brand: string) => (await send({ brand, method: 'GET' })).text;
const countRegistrations = async () => ((await send({ method: 'GET' })).json['registrations'] as unknown[]).length;
const toldOf = (clientId: string) => policy.told.filter(({ event }) => event['client_id'] === clientId);

async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not come about');
}

describe('the addresses of keys, where the brand has them verified, over mutual TLS', () => {
  const registerWith = (x5u: string) => send({ body: metadata({ x5u }) });
  const answerSeal: RequestListener = (_request, response) => {
    response.setHeader('content-type', 'application/pkix-cert').end(sealOf(tpp));
  };

  /** Refused for what was found at the address; nothing of the address's answer is told on, and nothing is stored. */
  async function expectRefused(x5u: string, reason: string | RegExp): Promise<void> {
    const answer = await registerWith(x5u);
    expectRefusal(answer, 400, 'METADATA_INVALID');
    expect(answer.json['error']).toBe('invalid_client_metadata');
    const problems = answer.json['problems'] as string[];
    expect(problems).toEqual([expect.stringMatching(reason)]);
    expect(problems[0]).toMatch(/^jwks\.keys\[0\] has an x5u that /);
  }

  it('are asked for once, and never again: not at an update either', async () => {
    const address = await web.serve('seal.tpp.example', answerSeal);
    const answer = await registerWith('https://seal.tpp.example/seal.cer');
    expect(answer.status, answer.text).toBe(201);
    expect(web.reached).toEqual([address]);
    const path = `/${String(answer.json['client_id'])}`;
    expect((await send({ method: 'PUT', path, body: answer.json })).status).toBe(200);
    expect(web.reached).toEqual([address]);
  });

  it.each([
    '127.0.0.1',
    '[::1]',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.254',
    '192.168.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '[fd00::1]',
    '[fe80::1]',
    '[::ffff:10.0.0.1]',
    '[64:ff9b::a00:1]',
    '2130706433',
    '0x7f.1',
    '017700000001',
    '127.1',
    'localhost',
    'metadata.internal',
    '[fe80::1%25eth0]',
  ])('R35: the host %s is refused before it is looked up', async (host) => {
    const before = { resolved: [...web.resolved], reached: [...web.reached] };
    await expectRefused(`https://${host}/seal.cer`, / has an x5u that must /);
    expect({ resolved: web.resolved, reached: web.reached, astray: web.astray() }).toEqual({ ...before, astray: 0 });
  });

  it.each([
    ['127.0.0.1'],
    ['::1'],
    ['0.0.0.0'],
    ['10.0.0.1'],
    ['172.16.0.1'],
    ['192.168.0.1'],
    ['100.64.0.1'],
    ['169.254.169.254'],
    ['fd00::1'],
    ['fe80::1'],
    ['::ffff:10.0.0.1'],
    ['64:ff9b::a00:1'],
    ['224.0.0.1'],
    ['198.51.100.1'],
    ['93.184.216.200', '10.0.0.1'],
  ])('R35: a name that answers %s leads to no connection', async (...addresses) => {
    const host = `private-${web.resolved.length}.tpp.example`;
    const reached = [...web.reached];
    web.name(host, addresses);
    await expectRefused(`https://${host}/seal.cer`, / could not be read: its host has no public address\.$/);
    expect({ reached: web.reached, astray: web.astray() }).toEqual({ reached, astray: 0 });
  });

  it('R36: a name that changes its answer is connected to at the address that was judged, and asked no second time', async () => {
    const address = await web.serve('changing.tpp.example', answerSeal);
    web.name('changing.tpp.example', [address], ['127.0.0.1']);
    const before = web.resolved.length;
    expect((await registerWith('https://changing.tpp.example/seal.cer')).status).toBe(201);
    expect(web.resolved.slice(before)).toEqual(['changing.tpp.example']);
    expect(web.reached.at(-1)).toBe(address);
    await expectRefused('https://changing.tpp.example/seal.cer', 'its host has no public address');
    expect(web.astray()).toBe(0);
  });

  it('R37: a redirect is not followed, wherever it leads', async () => {
    await web.serve('inside.tpp.example', answerSeal);
    for (const location of ['https://inside.tpp.example/seal.cer', 'https://127.0.0.1/', 'file:///etc/passwd', '//x']) {
      const host = `redirect-${web.resolved.length}.tpp.example`;
      await web.serve(host, (_request, response) => void response.writeHead(302, { location }).end());
      await expectRefused(`https://${host}/seal.cer`, /the answer is a redirect \(302\), which is not followed/);
    }
    expect(web.resolved).not.toContain('inside.tpp.example');
    expect(web.astray()).toBe(0);
  });

  it('R38: what drips, never ends, is packed, is something else or says nothing is given up within its bounds', async () => {
    const servers: readonly (readonly [string, string, RequestListener])[] = [
      [
        'drip',
        'no answer within 3000 ms',
        (_request, response) => {
          const timer = setInterval(() => response.write('x'), 1_000);
          response.once('close', () => clearInterval(timer));
        },
      ],
      ['silence', 'no answer within 3000 ms', () => undefined],
      [
        'announced',
        'longer than 65536 bytes',
        (_request, response) => void response.writeHead(200, { 'content-length': 1_000_000_000 }).write('x'),
      ],
      [
        'endless',
        'longer than 65536 bytes',
        (_request, response) => {
          const more = () => {
            while (!response.destroyed && response.write(Buffer.alloc(16_384)));
          };
          response.on('drain', more);
          more();
        },
      ],
      [
        'packed',
        'content encoding gzip',
        (_request, response) =>
          void response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(10_000_000))),
      ],
      [
        'page',
        'a Content-Type that is none of certificates',
        (_request, response) => void response.setHeader('content-type', 'text/html').end(sealOf(tpp)),
      ],
      ['other', 'answers no certificate', (_request, response) => void response.end('{"keys":[]}')],
    ];
    await web.keepSilent('handshake.tpp.example');
    for (const [host, , listener] of servers) await web.serve(`${host}.tpp.example`, listener);
    const before = await countRegistrations();
    await Promise.all([
      expectRefused('https://handshake.tpp.example/seal.cer', 'no answer within 3000 ms'),
      ...servers.map(([host, reason]) => expectRefused(`https://${host}.tpp.example/seal.cer`, reason)),
    ]);
    expect(await countRegistrations()).toBe(before);
  });

  it('R39: a certificate that proves nothing, and TLS before 1.2, are refused', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const;
    await web.serve('self.tpp.example', answerSeal, { selfSigned: true });
    await web.serve('named.tpp.example', answerSeal, { certified: 'else.tpp.example' });
    await web.serve('expired.tpp.example', answerSeal, { expired: true });
    await web.serve('old.tpp.example', answerSeal, { tls: old });
    await web.serve('modern.tpp.example', answerSeal, { tls: { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } });
    await expectRefused('https://self.tpp.example/seal.cer', 'DEPTH_ZERO_SELF_SIGNED_CERT');
    await expectRefused('https://named.tpp.example/seal.cer', 'ERR_TLS_CERT_ALTNAME_INVALID');
    await expectRefused('https://expired.tpp.example/seal.cer', 'CERT_HAS_EXPIRED');
    await expectRefused('https://old.tpp.example/seal.cer', /could not be read: E/);
    expect((await registerWith('https://modern.tpp.example/seal.cer')).status).toBe(201);
  });
});

describe('what nobody believes, over mutual TLS', () => {
  it('R57: no claim of a software statement takes effect or is told, signed by whomever: the registration is refused', async () => {
    const claims = { client_name: 'Stated', scope: 'pisp', redirect_uris: ['https://stated.example/cb'] };
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const head = `${encode({ alg: 'ES256' })}.${encode({ iss: 'https://directory.example', ...claims })}`;
    const signature = sign('sha256', Buffer.from(head), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    const registered = await send({ brand: 'second-bank', body: metadata() });
    const path = `/${String(registered.json['client_id'])}`;
    const before = await listTexts('second-bank');
    for (const statement of [
      `${head}.${signature.toString('base64url')}`,
      `${encode({ alg: 'none' })}.${encode(claims)}.`,
      claims,
    ]) {
      const stated = { software_statement: statement };
      const answers = [
        await send({ brand: 'second-bank', body: { ...metadata(), ...stated } }),
        await send({ brand: 'second-bank', method: 'PUT', path, body: { ...registered.json, ...stated } }),
      ];
      for (const answer of answers) {
        expectRefusal(answer, 400, 'METADATA_INVALID');
        expect(answer.json['problems']).toEqual([expect.stringMatching(/^software_statement must not be given/)]);
        expect(answer.text).not.toMatch(/stated/i);
      }
    }
    expect(await listTexts('second-bank')).toEqual(before);
  });

  it('R64: no initial access token is ever right, whatever its scheme; nothing is stored', async () => {
    const registered = await send({ brand: 'second-bank', body: metadata() });
    const before = await listTexts('second-bank');
    const body = metadata();
    const expired = `${encode({ alg: 'none' })}.${encode({ exp: 1 })}.`;
    const tokens = ['x', expired, String(registered.json['registration_access_token'])].map(
      (token) => `Bearer ${token}`,
    );
    for (const authorization of [...tokens, 'Bearer', 'Basic dHBwOnRwcA==', 'Digest x', '']) {
      const answer = await send({ brand: 'second-bank', body, headers: { authorization } });
      expectRefusal(answer, 401, 'INITIAL_TOKEN_INVALID');
      expect([answer.json['error'], answer.headers['www-authenticate']]).toEqual([
        'invalid_token',
        'Bearer error="invalid_token"',
      ]);
    }
    expect(await listTexts('second-bank')).toEqual(before);
    expect((await send({ brand: 'second-bank', body })).status).toBe(201);
  });

  it('R3, R23: a foreign seal and a private key leave an event, and the registrants of that key a notice', async () => {
    const party = await equip(world);
    const answer = await send({ brand: 'second-bank', as: party, body: metadata({}, party) });
    const clientId = String(answer.json['client_id']);
    expectRefusal(await send({ brand: 'second-bank', as: party, body: metadata() }), 400, 'METADATA_INVALID');
    const exposed = metadata({ kty: 'RSA', ...createPrivateKey(party.sealKey).export({ format: 'jwk' }) }, party);
    const refused = await send({ brand: 'second-bank', as: party, body: exposed });
    expectRefusal(refused, 400, 'METADATA_INVALID');
    const { d = '' } = createPrivateKey(party.sealKey).export({ format: 'jwk' });
    expect(refused.text).not.toContain(d);
    const events = await bank.read<{ kind: string; outcome: string; detail: object }>(
      `select kind, outcome, detail from audit_event where organization_identifier = $1 and kind in ('foreign-seal', 'key-exposed')
       order by at`,
      [party.organizationIdentifier],
    );
    expect(events).toEqual([
      { kind: 'foreign-seal', outcome: 'refused', detail: { seal: kidOf(tpp), owner: tpp.organizationIdentifier } },
      { kind: 'key-exposed', outcome: 'refused', detail: { seal: kidOf(party) } },
    ]);
    await until(() => toldOf(clientId).length > 0);
    expect(toldOf(clientId)).toEqual([
      { kind: 'key-exposed', event: expect.objectContaining({ thumbprint: kidOf(party) }) },
    ]);
    const kept = await bank.read<{ leaks: number }>(
      'select count(*)::int as leaks from audit_event where detail::text like $1',
      [`%${d.slice(0, 40)}%`],
    );
    expect(kept).toEqual([{ leaks: 0 }]);
  });
});

describe('R65: a registration that the bank has suspended, over mutual TLS', () => {
  const reason = 'Consent is asked for again and again. Write to api@bank.example.';
  let client: Enrolled;
  let other: TlsAnswer;
  let caller: SignedCaller;
  let refreshToken: string;
  let page: StartedPage;
  const path = () => `/${client.clientId}`;
  const call = () => callAccounts(caller, { url: bank.addresses.api, publicUrl: bank.addresses.api, ca: bank.ca });
  const refresh = () => token({ grant_type: 'refresh_token', refresh_token: refreshToken });
  const token = (parameters: Readonly<Record<string, string>>) =>
    sendOverTls({
      method: 'POST',
      url: `${bank.addresses.api}/demo-bank/oauth2/token`,
      ca: bank.ca,
      identity: client.qwac,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ client_id: client.clientId, ...parameters }).toString(),
    });
  const own = (given: RegistrationRequest) => send({ as: client.party, ...given });
  const asOrganization = (answer: Pick<TlsAnswer, 'status' | 'headers' | 'text'>) => {
    expectRefusal(answer, 403, 'CLIENT_SUSPENDED');
    expect(answer.text).toContain(reason);
  };

  beforeAll(async () => {
    client = await enroll(world);
    const tokens = await obtainTokens(world, client);
    caller = { qwac: client.qwac, seal: client.seal, accessToken: tokens.accessToken };
    refreshToken = tokens.refreshToken ?? '';
    other = await own({ body: metadata({}, client.party) });
    expect([other.status, (await call()).status]).toEqual([201, 200]);
    page = await beginAuthorization(client);
    const done = await bank.operate('clients', 'suspend', client.clientId, '--by', 'Ada', '--reason', reason);
    expect(done, done.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining(reason) });
  });

  it('is refused at the API within a second, on tokens that it has', async () => {
    await until(async () => (await call()).status === 403);
    asOrganization(await call());
  });

  it('gets no token, by whatever grant', async () => {
    asOrganization(await refresh());
    asOrganization(await token({ grant_type: 'client_credentials', scope: 'pisp' }));
    asOrganization(
      await token({
        grant_type: 'authorization_code',
        code: 'x',
        redirect_uri: 'https://x.example/',
        code_verifier: 'v'.repeat(43),
      }),
    );
  });

  it('is read as before, with the reason among its warnings, and not changed', async () => {
    const read = await own({ method: 'GET', path: path() });
    expect(read.status).toBe(200);
    expect(read.json['warnings']).toContain(`The bank has suspended this registration: ${reason}`);
    expect((await own({ method: 'GET' })).text).toContain(client.clientId);
    asOrganization(await own({ method: 'PUT', path: path(), body: read.json }));
    asOrganization(await own({ method: 'DELETE', path: path() }));
    asOrganization(await own({ path: `${path()}/token` }));
  });

  it('keeps its organisation from registering anew in that environment; its other registrations live', async () => {
    asOrganization(await own({ body: metadata({}, client.party) }));
    asOrganization(await own({ brand: 'second-bank', body: metadata({}, client.party) }));
    expect((await own({ brand: 'sandbox/demo-bank', body: metadata({}, client.party) })).status).toBe(201);
    const spared = `/${String(other.json['client_id'])}`;
    expect((await own({ method: 'PUT', path: spared, body: other.json })).status).toBe(200);
    expect((await send({ body: metadata() })).status).toBe(201);
  });

  it('shows its users a page of the bank, before it is named, whether they come anew or were under way', async () => {
    const begun = await sendOverTls({ method: 'GET', url: authorizationUrlOf(client), ca: bank.ca });
    const underWay = await openPage(page);
    for (const answer of [begun, underWay]) {
      expect([answer.status, answer.headers['location']]).toEqual([403, undefined]);
      expect(answer.text).toContain('CLIENT_SUSPENDED');
      for (const secret of ['Attack', client.party.organizationName, reason]) expect(answer.text).not.toContain(secret);
    }
  });

  it('is listed for the operator, and not suspended twice', async () => {
    const list = await bank.operate('clients', 'list', '--json');
    expect(JSON.parse(list.stdout)).toEqual([expect.objectContaining({ clientId: client.clientId, reason })]);
    expect((await bank.operate('clients', 'list', '--all')).stdout).toContain(String(other.json['client_id']));
    const again = ['clients', 'suspend', client.clientId, '--reason', 'again'];
    expect((await bank.operate(...again, '--by', 'Ada')).code).toBe(1);
    expect((await bank.operate(...again)).code).toBe(64);
    expect((await bank.operate('clients', 'suspend', client.clientId, '--by', 'Ada')).code).toBe(64);
  });

  it('goes on as it was once it is restored: tokens, consents, authorizations', async () => {
    expect((await bank.operate('clients', 'restore', client.clientId, '--by', 'Grace')).code).toBe(0);
    await until(async () => (await call()).status === 200);
    expect((await refresh()).status).toBe(200);
    expect((await openPage(page)).status).toBe(200);
    const read = await own({ method: 'GET', path: path() });
    expect(read.json['warnings']).toBeUndefined();
    expect((await own({ method: 'PUT', path: path(), body: read.json })).status).toBe(200);
    expect((await own({ body: metadata({}, client.party) })).status).toBe(201);
    expect((await bank.operate('clients', 'restore', client.clientId, '--by', 'Grace')).code).toBe(1);
  });

  it('leaves both decisions in the audit, by name, and tells the third party of both', async () => {
    const events = await bank.read(
      "select kind, outcome, detail from audit_event where client_id = $1 and kind in ('client-suspended', 'client-restored') order by at",
      [client.clientId],
    );
    expect(events).toEqual([
      { kind: 'client-suspended', outcome: 'done', detail: { by: 'Ada', reason } },
      { kind: 'client-restored', outcome: 'done', detail: { by: 'Grace' } },
    ]);
    const ofClient = () => toldOf(client.clientId);
    await until(() => ofClient().length >= 2);
    expect(ofClient().map(({ kind }) => kind)).toEqual(['client-suspended', 'client-restored']);
    expect(ofClient()[0]?.event).toMatchObject({ reason });
    expect(JSON.stringify(ofClient())).not.toContain('Ada');
  });
});

interface StartedPage {
  readonly url: string;
  readonly cookie: string;
}

function authorizationUrlOf({ clientId, party }: Enrolled): string {
  const authorizationEndpoint = `${bank.addresses.web}/demo-bank/oauth2/en/authorize`;
  const wish = { issuer: '', authorizationEndpoint, clientId, redirectUri: redirectUriOf(party), scope: 'aisp' };
  return startAuthorization(wish).url;
}

/** An authorization that waits for its user to sign in, in a browser of its own. */
async function beginAuthorization(client: Enrolled): Promise<StartedPage> {
  const { status, headers } = await sendOverTls({ method: 'GET', url: authorizationUrlOf(client), ca: bank.ca });
  expect(status).toBe(303);
  const [cookie = ''] = [headers['set-cookie'] ?? []].flat();
  return {
    url: new URL(String(headers['location']), bank.addresses.web).href,
    cookie: cookie.split(';')[0] ?? '',
  };
}

const openPage = ({ url, cookie }: StartedPage) =>
  sendOverTls({ method: 'GET', url, ca: bank.ca, headers: { cookie } });
