import { randomBytes, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureBrand } from '../material/configure-brand.js';
import {
  type Enrolled,
  type EnrollPlan,
  enroll,
  obtainTokens,
  openTppWorld,
  type TppWorld,
} from '../material/enroll.js';
import { expectRefusal } from '../material/expect-refusal.js';
import { sendOverTls, type TlsAnswer } from '../material/send-over-tls.js';
import { type Credential, type RunningDemo, startDemo } from '../material/start-demo.js';

let demo: RunningDemo;
let world: TppWorld;
let qwac: Credential;
let renewed: Credential;
let seal: Credential;
let secondSeal: Credential;
let otherQwac: Credential;
let otherSeal: Credential;

/** `second-bank` asks for the token, rotates it, and takes little at a time. */
const strictPolicy = `registration: { requireToken: true, tokenRotation: on-update, clientsPerOrganization: 3,
      registrationsPerMinute: 8, wrongTokensPerMinute: 3,
      foreignKid: alias, completePath: true }`;

beforeAll(async () => {
  demo = await startDemo();
  configureBrand(demo, 'second-bank', strictPolicy);
  await demo.crashAndRestart();
  world = openTppWorld(demo);
  const own = { organizationIdentifier: 'PSDFR-ACPR-42001', roles: 'PSP_AI' };
  qwac = await demo.issue({ ...own, kind: 'qwac' });
  renewed = await demo.issue({ ...own, kind: 'qwac' });
  seal = await demo.issue({ ...own, kind: 'qsealc' });
  secondSeal = await demo.issue({ ...own, kind: 'qsealc' });
  const other = { organizationIdentifier: 'PSDFR-ACPR-42002', roles: 'PSP_AI,PSP_PI' };
  otherQwac = await demo.issue({ ...other, kind: 'qwac' });
  otherSeal = await demo.issue({ ...other, kind: 'qsealc' });
  await untilOutcome(qwac, 'qualified');
  await untilOutcome(otherQwac, 'qualified');
});

afterAll(async () => {
  world?.close();
  await demo?.stop();
});

interface Call {
  readonly method?: string;
  readonly realm?: string;
  readonly path?: string;
  readonly as?: Pick<Credential, 'path' | 'key'> | null;
  readonly token?: unknown;
  readonly ifMatch?: string;
  readonly body?: unknown;
}

function send({
  method = 'GET',
  realm = 'demo-bank',
  path = '',
  as = qwac,
  token,
  ifMatch,
  body,
}: Call): Promise<TlsAnswer> {
  return sendOverTls({
    method,
    url: `${demo.addresses.api}/${realm}/oauth2/registrations${path}`,
    ca: demo.ca,
    identity: as === null ? undefined : as,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${String(token)}` }),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

/** The register is read again by the server every second. */
async function untilOutcome(as: Credential, outcome: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const answer = await sendOverTls({
      method: 'GET',
      url: `${demo.addresses.api}/demo-bank/certificate-check`,
      ca: demo.ca,
      identity: as,
    });
    if (answer.json['outcome'] === outcome) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the certificate did not become ${outcome}`);
}

const x5cOf = ({ path }: Pick<Credential, 'path'>): string[] =>
  (path.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []).map((pem) =>
    new X509Certificate(pem).raw.toString('base64'),
  );

let number = 0;
const metadata = (change: object = {}) => ({
  client_name: `Managed ${++number}`,
  redirect_uris: ['https://tpp.example/callback'],
  scope: 'aisp',
  jwks: { keys: [{ kid: null, x5c: x5cOf(seal) }] },
  ...change,
});

/** A registered client: its path and its first answer. */
async function register(change: object = {}, call: Call = {}) {
  const answer = await send({ method: 'POST', body: metadata(change), ...call });
  expect(answer.status, answer.text).toBe(201);
  return {
    path: `/${String(answer.json['client_id'])}`,
    answer,
    json: answer.json,
    token: answer.json['registration_access_token'],
  };
}

function expectChallenge(answer: TlsAnswer, code: string, challenge = 'Bearer error="invalid_token"') {
  expectRefusal(answer, 401, code);
  expect(answer.headers['www-authenticate']).toBe(challenge);
  const { correlation_id: _reference, ...rest } = answer.json;
  return rest;
}

const bodies: readonly (readonly [string, (json: Record<string, unknown>) => object, string])[] = [
  ['M10', ({ client_id: _id, ...rest }) => rest, 'client_id'],
  ['M10', (json) => ({ ...json, client_id: 'f'.repeat(40) }), 'client_id'],
  ['M11', (json) => ({ ...json, registration_access_token: 'x' }), 'registration_access_token'],
  ['M11', (json) => ({ ...json, registration_client_uri: 'https://evil.example/' }), 'registration_client_uri'],
  ['M11', (json) => ({ ...json, client_id_issued_at: 1 }), 'client_id_issued_at'],
  ['M11', (json) => ({ ...json, client_secret_expires_at: 0 }), 'client_secret_expires_at'],
  ['M11', (json) => ({ ...json, client_secret: 'x' }), 'client_secret'],
  ['M14', (json) => ({ ...json, provider_legal_id: 'PSDFR-ACPR-42002' }), 'provider_legal_id'],
  ['M15', (json) => ({ ...json, scope: 'aisp pisp' }), 'scope'],
  ['M16', (json) => ({ ...json, jwks: { keys: [{ x5c: x5cOf(otherSeal) }] } }), 'jwks.keys[0]'],
  ['M16', (json) => ({ ...json, jwks: { keys: [{ x5c: x5cOf(seal), d: 'AQAB' }] } }), 'jwks.keys[0]'],
];

describe('updates of a registration, over mutual TLS', () => {
  it('takes back exactly what it answered, with one key added beside the old one', async () => {
    const { path, json, answer } = await register();
    const read = await send({ path });
    expect(read.headers['etag']).toMatch(/^"[A-Za-z0-9_-]{22}"$/);
    const same = await send({ method: 'PUT', path, body: read.json });
    expect([same.status, same.json, same.headers['etag']]).toEqual([200, read.json, read.headers['etag']]);
    expect(answer.headers['etag']).toMatch(/^"[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{22}"$/);
    const keys = (json['jwks'] as { keys: object[] }).keys;
    const added = { ...json, jwks: { keys: [...keys, { kty: 'RSA', kid: null, x5c: x5cOf(secondSeal) }] } };
    const both = await send({ method: 'PUT', path, body: added });
    expect((both.json['jwks'] as { keys: object[] }).keys).toEqual([keys[0], expect.objectContaining({ kty: 'RSA' })]);
  });

  it.each(bodies)('%s: refuses an update, %#', async (_row, change, member) => {
    const { path, json } = await register();
    const before = await send({ path });
    const answer = await send({ method: 'PUT', path, body: change(json) });
    expectRefusal(answer, 400, 'METADATA_INVALID');
    expect(answer.json['error']).toBe('invalid_client_metadata');
    expect(answer.json['problems']).toEqual([
      expect.stringMatching(new RegExp(`^${member.replaceAll(/[[\].]/g, '\\$&')}`)),
    ]);
    expect((await send({ path })).json).toEqual(before.json);
  });

  it('M13: treats null as left out', async () => {
    const { path, json } = await register({ contacts: ['dev@tpp.example'] });
    const answer = await send({ method: 'PUT', path, body: { ...json, contacts: null, client_secret: null } });
    expect(answer.status).toBe(200);
    expect(answer.json).not.toHaveProperty('contacts');
  });

  it('M17: of two updates at once the last whole one stands; If-Match refuses the one that knows too little', async () => {
    const { path, json, answer } = await register();
    const named = (name: string) => ({ ...json, client_name: name });
    const both = await Promise.all(['A one', 'A two'].map((name) => send({ method: 'PUT', path, body: named(name) })));
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    const last = await send({ path });
    expect(both.map(({ json: { client_name } }) => client_name)).toContain(last.json['client_name']);
    const late = await send({ method: 'PUT', path, body: named('Late'), ifMatch: String(answer.headers['etag']) });
    expectRefusal(late, 412, 'PRECONDITION_FAILED');
    expectRefusal(await send({ method: 'DELETE', path, ifMatch: '"x"' }), 412, 'PRECONDITION_FAILED');
    expectRefusal(await send({ method: 'PUT', path, body: named('X'), ifMatch: 'x' }), 400, 'REQUEST_MALFORMED');
    const first = { method: 'PUT', path, ifMatch: String(last.headers['etag']) };
    const racing = await Promise.all(['B one', 'B two'].map((name) => send({ ...first, body: named(name) })));
    expect(racing.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await send({ method: 'PUT', path, body: named('Any'), ifMatch: '*' })).status).toBe(200);
  });

  it('R50 to R53: reads the body of an update as strictly as that of a registration', async () => {
    const { path } = await register();
    const raw = (body: string, type = 'application/json') =>
      sendOverTls({
        method: 'PUT',
        url: `${demo.addresses.api}/demo-bank/oauth2/registrations${path}`,
        ca: demo.ca,
        identity: qwac,
        headers: { 'content-type': type },
        body,
      });
    expectRefusal(await raw('{"client_id":"a","client_id":"b"}'), 400, 'REQUEST_MALFORMED');
    expectRefusal(await raw('{}', 'text/plain'), 415, 'MEDIA_TYPE_UNSUPPORTED');
    expectRefusal(await raw(`"${'x'.repeat(70_000)}"`), 413, 'REQUEST_TOO_LARGE');
  });

  it('M26: a renewed certificate changes and ends what the old one registered', async () => {
    const { path, json } = await register();
    expect((await send({ method: 'PUT', path, as: renewed, body: { ...json, client_name: 'Renewed' } })).status).toBe(
      200,
    );
    expect((await send({ method: 'DELETE', path, as: renewed })).status).toBe(204);
  });

  it('M25: answers are in no cache', async () => {
    const { path, json } = await register();
    const answers = [
      await send({ path }),
      await send({ method: 'PUT', path, body: json }),
      await send({ method: 'DELETE', path }),
    ];
    expect(answers.map(({ headers }) => headers['cache-control'])).toEqual(['no-store', 'no-store', 'no-store']);
    expect(answers.at(-1)?.text).toBe('');
  });
});

describe('the registration access token, over mutual TLS', () => {
  it('M2, M3, M5, M8: refuses a wrong token, whatever it is for', async () => {
    const [a, b] = [await register(), await register()];
    for (const [method, body] of [
      ['PUT', a.json],
      ['DELETE', undefined],
    ] as const) {
      const call = { method, body, path: a.path };
      const wrong = expectChallenge(await send({ ...call, token: 'wrong' }), 'REGISTRATION_TOKEN_INVALID');
      expect(expectChallenge(await send({ ...call, token: b.token }), 'REGISTRATION_TOKEN_INVALID')).toEqual(wrong);
      const unknown = { ...call, path: `/${'0'.repeat(40)}`, token: a.token };
      expect(expectChallenge(await send(unknown), 'REGISTRATION_TOKEN_INVALID')).toEqual(wrong);
      expectRefusal(await send({ ...call, as: null, token: a.token }), 401, 'CERTIFICATE_MISSING');
    }
    expect((await send({ path: a.path, token: a.token })).status).toBe(200);
  });

  it('M4: the token of another with a certificate of one’s own opens nothing, and is not burnt', async () => {
    const { path, token, json } = await register();
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const call = { method, path, token, as: otherQwac, ...(method === 'PUT' ? { body: json } : {}) };
      expectChallenge(await send(call), 'REGISTRATION_TOKEN_INVALID');
    }
    expectChallenge(await send({ method: 'DELETE', path, as: otherQwac }), 'REGISTRATION_NOT_FOUND');
    expect((await send({ path, token })).status).toBe(200);
  });

  it('M1, M22: where the brand asks for the token and rotates it, the old one is refused and a lost one is recovered', async () => {
    const realm = 'second-bank';
    const { path, token, json } = await register({}, { realm });
    for (const method of ['GET', 'DELETE']) {
      expectChallenge(await send({ realm, method, path }), 'REGISTRATION_TOKEN_MISSING', 'Bearer');
    }
    expectChallenge(await send({ realm, path: `/${'0'.repeat(40)}` }), 'REGISTRATION_TOKEN_MISSING', 'Bearer');
    const updated = await send({ realm, method: 'PUT', path, body: json, token });
    expect(updated.status, updated.text).toBe(200);
    expectChallenge(await send({ realm, path, token }), 'REGISTRATION_TOKEN_INVALID');
    const successor = updated.json['registration_access_token'];
    expect((await send({ realm, path, token: successor })).json).toEqual(updated.json);
    const recovered = await send({ realm, method: 'POST', path: `${path}/token`, as: renewed });
    expect([recovered.status, recovered.json['client_id']]).toEqual([200, json['client_id']]);
    expectChallenge(await send({ realm, path, token: successor }), 'REGISTRATION_TOKEN_INVALID');
    const found = { realm, path, token: recovered.json['registration_access_token'] };
    expect((await send({ ...found, method: 'DELETE' })).status).toBe(204);
    expectChallenge(await send({ realm, method: 'POST', path: `${path}/token` }), 'REGISTRATION_NOT_FOUND');
  });

  it('M23: guesses are answered with 429 and a time to wait, and block nobody else', async () => {
    const realm = 'second-bank';
    const as = otherQwac;
    const keys = { jwks: { keys: [{ x5c: x5cOf(otherSeal) }] } };
    const { path, token } = await register(keys, { realm, as });
    const guesses = await Promise.all(
      Array.from({ length: 20 }, () => send({ realm, path, as, token: randomBytes(32).toString('base64url') })),
    );
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(3);
    const limited = guesses.filter(({ status }) => status === 429);
    expect(limited).toHaveLength(17);
    for (const answer of [limited[0], await send({ realm, path, as, token })]) {
      if (answer === undefined) throw new Error('no guess was limited');
      expectRefusal(answer, 429, 'RATE_LIMITED');
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60);
    }
    expect((await send({ path: '', as })).status).toBe(200);
  });
});

describe('quotas, over mutual TLS', () => {
  it('R58: answers 429 with a time to wait, by organisation', async () => {
    const realm = 'sandbox/second-bank';
    const answers: TlsAnswer[] = [];
    for (let n = 0; n < 10; n += 1) answers.push(await send({ method: 'POST', realm, body: metadata() }));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 429, 429, 429, 429, 429, 429, 429]);
    const codes = answers.slice(3).map(({ json }) => json['error_code']);
    expect(codes).toEqual([
      ...Array.from({ length: 5 }, () => 'REGISTRATION_QUOTA_REACHED'),
      'RATE_LIMITED',
      'RATE_LIMITED',
    ]);
    for (const answer of answers.slice(3)) expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    const body = metadata({ jwks: { keys: [{ x5c: x5cOf(otherSeal) }] } });
    expect((await send({ method: 'POST', realm, as: otherQwac, body })).status).toBe(201);
  });
});

describe('keys by the policy of the brand, over mutual TLS', () => {
  it('R25, R29: completes the path of a certificate that comes alone, and keeps the client’s own kid', async () => {
    const realm = 'second-bank';
    const [leaf, issuer] = x5cOf(seal);
    const sent = (kid: string) => ({ jwks: { keys: [{ kid, x5c: [leaf] }] } });
    const { json, path, token } = await register(sent('seal-2026'), { realm });
    const [key] = (json['jwks'] as { keys: Record<string, unknown>[] }).keys;
    expect(key).toMatchObject({ kid: key?.['x5t#S256'], kid_alias: 'seal-2026', x5c: [leaf, issuer] });
    const again = await send({ realm, path, method: 'PUT', token, body: json });
    expect([again.status, again.json['jwks']]).toEqual([200, json['jwks']]);
    const call = { method: 'POST', realm };
    expectRefusal(await send({ ...call, body: metadata(sent('../x')) }), 400, 'METADATA_INVALID');
    const strange = { jwks: { keys: [{ x5c: x5cOf(otherQwac).slice(0, 1) }] } };
    expectRefusal(await send({ ...call, body: metadata(strange) }), 400, 'METADATA_INVALID');
  });
});

describe('the end of a registration, over mutual TLS', () => {
  const plan: EnrollPlan = {};
  const pathOf = ({ clientId }: Enrolled) => `/${clientId}`;
  const refresh = (client: Enrolled, token: string) =>
    sendOverTls({
      method: 'POST',
      url: `${demo.addresses.api}/demo-bank/oauth2/token`,
      ca: demo.ca,
      identity: { path: client.qwac.path, key: client.qwac.key },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: token,
        client_id: client.clientId,
      }).toString(),
    });
  const accounts = (client: Enrolled, token: string) =>
    sendOverTls({
      method: 'GET',
      url: `${demo.addresses.api}/demo-bank/stet-psd2-api/v1/accounts`,
      ca: demo.ca,
      identity: { path: client.qwac.path, key: client.qwac.key },
      headers: { authorization: `Bearer ${token}` },
    });

  it('M7, M16, M20, M21: keys stay while a grant lives; the end takes tokens with it, once', async () => {
    const client = await enroll(world, plan);
    const as = { path: client.qwac.path, key: client.qwac.key };
    const tokens = await obtainTokens(world, client);
    const path = pathOf(client);
    const { json } = await send({ as, path });
    const withoutKeys = await send({ as, method: 'PUT', path, body: { ...json, jwks: { keys: [] } } });
    expectRefusal(withoutKeys, 400, 'METADATA_INVALID');
    expectChallenge(await send({ as, path, token: tokens.accessToken }), 'REGISTRATION_TOKEN_INVALID');
    // The token is taken: it is the rest of a call that is missing.
    expect((await accounts(client, tokens.accessToken)).json['error_code']).toBe('HEADER_MISSING');
    expect((await send({ as, method: 'DELETE', path })).status).toBe(204);
    expect((await accounts(client, tokens.accessToken)).json['error_code']).toBe('TOKEN_INVALID');
    expect((await refresh(client, tokens.refreshToken ?? '')).json['error_code']).toBe('CLIENT_UNKNOWN');
    expectChallenge(await send({ as, method: 'DELETE', path }), 'REGISTRATION_NOT_FOUND');
    for (const method of ['GET', 'PUT']) {
      const body = method === 'PUT' ? { body: json } : {};
      expectChallenge(await send({ as, method, path, ...body }), 'REGISTRATION_NOT_FOUND');
    }
    expect((await send({ as })).json['registrations']).toEqual([]);
  });

  it('M7: a registration access token is no access token', async () => {
    const client = await enroll(world, plan);
    const as = { path: client.qwac.path, key: client.qwac.key };
    const { json } = await send({ as, method: 'POST', path: `${pathOf(client)}/token` });
    const answer = await accounts(client, String(json['registration_access_token']));
    expectRefusal(answer, 401, 'TOKEN_INVALID');
  });

  it('M27: an organisation that the register has withdrawn neither reads nor changes, and returns as it was', async () => {
    const { path, json } = await register({ jwks: { keys: [{ x5c: x5cOf(otherSeal) }] } }, { as: otherQwac });
    const parameters = ['--organization-identifier', 'PSDFR-ACPR-42002', '--data-dir', demo.dataDirectory];
    expect((await demo.run('demo', ['withdraw', ...parameters])).code).toBe(0);
    await untilOutcome(otherQwac, 'not-qualified');
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const answer = await send({ method, path, as: otherQwac, ...(method === 'PUT' ? { body: json } : {}) });
      expectRefusal(answer, 401, 'CERTIFICATE_BLOCKED');
    }
    expect((await demo.run('demo', ['reinstate', ...parameters])).code).toBe(0);
    await untilOutcome(otherQwac, 'qualified');
    const { registration_access_token: _token, ...rest } = json;
    expect((await send({ path, as: otherQwac })).json).toEqual(rest);
  });
});

describe('T32: a registration access token in the address', () => {
  it.each(['GET', 'PUT', 'DELETE', 'POST'])('%s is refused, and the token ends', async (method) => {
    const { path, token } = await register();
    const place = method === 'POST' ? `${path}/token` : path;
    const query = `?access_token=${String(token)}`;
    const answer = await send({ method, path: `${place}${query}`, ...(method === 'PUT' ? { body: metadata() } : {}) });
    expect([answer.status, answer.json['error']]).toEqual([400, 'invalid_request']);
    expect(answer.json['error_description']).toContain('It has ended');
    expect(answer.text).not.toContain(String(token));
    expectRefusal(await send({ path, token }), 401, 'REGISTRATION_TOKEN_INVALID');
    expect((await send({ path })).status).toBe(200);
  });

  it('of another organisation, or none at all, ends nothing', async () => {
    const { path, token } = await register();
    const foreign = await send({ path: `${path}?access_token=${String(token)}`, as: otherQwac });
    expect([foreign.status, foreign.json['error']]).toEqual([400, 'invalid_request']);
    expect((await send({ path: `${path}?access_token=x` })).status).toBe(400);
    expect((await send({ path, token })).status).toBe(200);
  });
});
