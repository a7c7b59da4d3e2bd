import { createHash, generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendOverTls, type TlsAnswer } from '../material/send-over-tls.js';
import { type Credential, type RunningDemo, startDemo } from '../material/start-demo.js';

const organization = 'PSDFR-ACPR-41001';
const otherOrganization = 'PSDFR-ACPR-41002';

let demo: RunningDemo;
let qwac: Credential;
let renewed: Credential;
let seal: Credential;
let otherQwac: Credential;
let otherSeal: Credential;
let flatSeal: Credential;
let expired: Credential;
let sealAsQwac: Credential;

const statementKey = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;

/** A software statement, with a signature over it that is right for a key of our own. */
function statement(head: object, claims: object, signature?: string): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode(head)}.${encode({ client_name: 'Stated', ...claims })}`;
  return `${signed}.${signature ?? sign('sha256', Buffer.from(signed), statementKey).toString('base64url')}`;
}

beforeAll(async () => {
  demo = await startDemo();
  const own = { organizationIdentifier: organization, roles: 'PSP_AI' };
  qwac = await demo.issue({ ...own, kind: 'qwac' });
  renewed = await demo.issue({ ...own, kind: 'qwac' });
  seal = await demo.issue({ ...own, kind: 'qsealc' });
  flatSeal = await demo.issue({ ...own, kind: 'qsealc', defect: 'flat-roles' });
  expired = await demo.issue({ ...own, kind: 'qwac', defect: 'expired' });
  sealAsQwac = await demo.issue({ ...own, kind: 'qwac', defect: 'seal-as-qwac' });
  const other = { organizationIdentifier: otherOrganization, roles: 'PSP_AI,PSP_PI' };
  otherQwac = await demo.issue({ ...other, kind: 'qwac' });
  otherSeal = await demo.issue({ ...other, kind: 'qsealc' });
  await untilQualified(qwac);
  await untilQualified(otherQwac);
});

afterAll(() => demo.stop());

interface Call {
  readonly method?: string;
  readonly realm?: string;
  readonly path?: string;
  readonly as?: Credential | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

function send({
  method = 'POST',
  realm = 'demo-bank',
  path = '/oauth2/registrations',
  as = qwac,
  headers,
  body,
}: Call): Promise<TlsAnswer> {
  const bytes =
    body === undefined || typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  return sendOverTls({
    method,
    url: `${demo.addresses.api}/${realm}${path}`,
    ca: demo.ca,
    identity: as === null ? undefined : as,
    headers: { ...(bytes === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: bytes,
  });
}

/** The register is read again by the server every second; nobody is registered before it has been. */
async function untilQualified(credential: Credential): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const answer = await send({ method: 'GET', path: '/certificate-check', as: credential });
    if (answer.json['outcome'] === 'qualified') return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the certificate did not become qualified');
}

const x5cOf = (credential: Credential): string[] =>
  (credential.path.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []).map((pem) =>
    new X509Certificate(pem).raw.toString('base64'),
  );
const kidOf = (credential: Credential) =>
  createHash('sha256').update(new X509Certificate(credential.certificate).raw).digest('base64url');

let number = 0;
const metadata = (change: object = {}) => ({
  client_name: `Application ${++number}`,
  redirect_uris: ['https://tpp.example/callback'],
  scope: 'aisp',
  jwks: { keys: [{ kty: 'RSA', kid: null, x5c: x5cOf(seal) }] },
  ...change,
});
const withKey = (change: object) => metadata({ jwks: { keys: [{ x5c: x5cOf(seal), ...change }] } });
const oneOf = (path: unknown) => `/oauth2/registrations/${String(path)}`;

const registered = async () => ((await send({ method: 'GET' })).json['registrations'] as unknown[]).length;

/** What every refusal has: a stable code, a reference that stands in the header too, and no copy in any cache. */
function expectRefusal(answer: TlsAnswer, status: number, error: string, code: string) {
  expect({ status: answer.status, error: answer.json['error'], code: answer.json['error_code'] }).toEqual({
    status,
    error,
    code,
  });
  expect(answer.headers['cache-control']).toContain('no-store');
  expect(answer.json['correlation_id']).toBe(answer.headers['x-correlation-id']);
  expect(answer.json['documentation']).toContain(`#${code}`);
  expect(String(answer.json['error_description'])).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
  expect(answer.text).not.toMatch(/node_modules|at \w+ \(/);
}

describe('registration, over mutual TLS', () => {
  it('registers, answers with all of it, and reads it back', async () => {
    const answer = await send({
      body: metadata({ contacts: ['dev@tpp.example'], unknown_member: 'x' }),
      headers: { 'x-request-id': 'abc' },
    });
    expect(answer.status, answer.text).toBe(201);
    const { json } = answer;
    expect(json).toMatchObject({
      provider_legal_id: organization,
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'tls_client_auth',
      contacts: ['dev@tpp.example'],
    });
    expect(json['tls_client_auth_subject_dn']).toContain(`2.5.4.97=${organization}`);
    expect((json['jwks'] as { keys: unknown[] }).keys).toEqual([
      expect.objectContaining({ kid: kidOf(seal), kty: 'RSA', e: 'AQAB', x5c: x5cOf(seal) }),
    ]);
    expect(json['registration_client_uri']).toBe(
      `${demo.addresses.api}/demo-bank/oauth2/registrations/${String(json['client_id'])}`,
    );
    expect(json).not.toHaveProperty('unknown_member');
    expect(answer.headers).toMatchObject({ 'x-request-id': 'abc', location: json['registration_client_uri'] });
    expect(answer.headers['cache-control']).toContain('no-store');
    const { registration_access_token: token, ...rest } = json;
    expect((await send({ method: 'GET', path: oneOf(json['client_id']) })).json).toEqual(rest);
    expect(
      (
        await send({
          method: 'GET',
          path: oneOf(json['client_id']),
          headers: { authorization: `Bearer ${String(token)}` },
        })
      ).json,
    ).toEqual(json);
  });

  it('R1: refuses every certificate that is not a good QWAC, and stores nothing', async () => {
    const before = await registered();
    expectRefusal(await send({ as: null, body: metadata() }), 401, 'invalid_client', 'CERTIFICATE_MISSING');
    expectRefusal(await send({ as: expired, body: metadata() }), 401, 'invalid_client', 'CERTIFICATE_EXPIRED');
    const wrong = await send({ as: sealAsQwac, body: metadata() });
    expectRefusal(wrong, 401, 'invalid_client', 'CERTIFICATE_WRONG_TYPE');
    expect(wrong.json['findings']).toEqual(
      expect.arrayContaining([expect.objectContaining({ outcome: 'fail', clause: expect.any(String) })]),
    );
    expect((await send({ as: seal, body: metadata() })).status).toBe(401);
    expect(await registered()).toBe(before);
  });

  it('R3, R4, R5, R31: refuses what is not of the organisation or beyond its roles, everything at once', async () => {
    const before = await registered();
    const answer = await send({
      body: metadata({
        provider_legal_id: otherOrganization,
        scope: 'aisp pisp',
        jwks: { keys: [{ x5c: x5cOf(otherSeal) }, { x5c: x5cOf(qwac) }, { x5c: x5cOf(flatSeal) }] },
      }),
    });
    expectRefusal(answer, 400, 'invalid_client_metadata', 'METADATA_INVALID');
    const problems = answer.json['problems'] as string[];
    expect(problems.map((text) => text.split(' ')[0])).toEqual([
      'provider_legal_id',
      'scope',
      'jwks.keys[0]',
      'jwks.keys[1]',
      'jwks.keys[2]',
    ]);
    expect(problems[1]).toContain('PSP_PI, which the certificate does not carry');
    expect(answer.json['findings']).toEqual(expect.arrayContaining([expect.objectContaining({ outcome: 'fail' })]));
    expect(await registered()).toBe(before);
    expect((await send({ realm: 'sandbox/demo-bank', body: metadata({ scope: 'aisp pisp' }) })).status).toBe(201);
  });

  it.each([
    ['R7', { response_types: ['token'] }],
    ['R7', { response_types: ['code id_token'] }],
    ['R8', { response_types: [], grant_types: ['authorization_code'] }],
    ['R9', { token_endpoint_auth_method: 'none' }],
    ['R9', { token_endpoint_auth_method: 'client_secret_basic' }],
    ['R21', { jwks_uri: 'https://tpp.example/jwks' }],
    ['R22', { jwks: [] }],
    ['R22', { jwks: {} }],
    ['R22', { jwks: { keys: [] } }],
    ['R22', { jwks: { keys: Array.from({ length: 1_000 }, () => ({})) } }],
    ['R45', { client_name: 'Bank\u202e' }],
    ['R45', { client_name: 'B\u200bank' }],
    ['R56: unsigned', { software_statement: statement({ alg: 'none' }, {}, '') }],
    ['R56: signed by whomever', { software_statement: statement({ alg: 'RS256', kid: 'x' }, {}) }],
    ['R56: expired', { software_statement: statement({ alg: 'RS256' }, { exp: 1_000_000_000 }) }],
    ['R56: of another issuer', { software_statement: statement({ alg: 'RS256' }, { iss: 'https://evil.example' }) }],
    ['R56: an empty one', { software_statement: 'eyJhbGciOiJub25lIn0.e30.' }],
    ['R67', { scope: 'openid admin' }],
    ['R67', { scope: '*' }],
    ['R68', { id_token_signed_response_alg: 'none' }],
    ['R68', { subject_type: 'pairwise' }],
  ])('%s: refuses %j', async (_row, change) => {
    expectRefusal(await send({ body: metadata(change) }), 400, 'invalid_client_metadata', 'METADATA_INVALID');
  });

  it.each([
    ['R10', []],
    ['R11', ['http://tpp.example/cb']],
    ['R13', ['https://bank@evil.example/cb']],
    ['R14', ['https://*.tpp.example/cb']],
    ['R15', ['https://tpp.example/a/../cb']],
    ['R15', ['https://tpp.example/%2e%2e/cb']],
    ['R15', ['https://tpp.example/a\\b']],
    ['R15', ['https://tpp.example/a\r\nset-cookie: x']],
    ['R15', ['https://tpp.example/a\0b']],
    ['R16', ['https://127.0.0.1/cb']],
    ['R16', ['https://[::1]/cb']],
    ['R16', ['https://localhost/cb']],
    ['R16', ['https://a.internal/cb']],
    ['R17', ['javascript:alert(1)']],
    ['R17', ['com.tpp.app:/cb']],
    ['R19', ['https://TPP.example/cb']],
    ['R19', ['https://tpp.example:443/cb']],
    ['R19', ['https://tpp.example./cb']],
    ['R19', ['https://b\u00fccher.example/cb']],
  ])('%s: refuses the redirect URIs %j', async (_row, uris) => {
    expectRefusal(
      await send({ body: metadata({ redirect_uris: uris }) }),
      400,
      'invalid_redirect_uri',
      'REDIRECT_URI_INVALID',
    );
  });

  it.each([
    ['R23', { d: 'AQAB' }],
    ['R23', { kty: 'oct', k: 'AQAB' }],
    ['R25', { kid: '../../etc/passwd' }],
    ['R25', { kid: 'x'.repeat(500) }],
    ['R26', { n: 'AQAB' }],
    ['R26', { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }],
    ['R27', { 'x5t#S256': 'AAAA' }],
    ['R27', { x5t: 'AAAA' }],
    ['R32', { use: 'enc' }],
    ['R32', { key_ops: ['encrypt'] }],
    ['R32', { alg: 'none' }],
    ['R32', { alg: 'HS256' }],
    ['R34', { x5u: 'http://tpp.example/s.cer' }],
    ['R35', { x5u: 'https://169.254.169.254/latest' }],
    ['R35', { x5u: 'https://2130706433/' }],
    ['R40', { x5u: 'https://tpp.example:22/' }],
    ['R41', { x5u: 'ftp://tpp.example/' }],
  ])('%s: refuses the key members %j', async (_row, change) => {
    expectRefusal(await send({ body: withKey(change) }), 400, 'invalid_client_metadata', 'METADATA_INVALID');
  });

  it('R28, R29: refuses x5c that is not the base64 of the full path, in order', async () => {
    const [leaf = '', ...issuers] = x5cOf(seal);
    const pem = seal.certificate;
    const broken = [
      [leaf],
      [...issuers, leaf],
      [pem, ...issuers],
      [`${leaf}AAAA`, ...issuers],
      [Buffer.from(leaf, 'base64').toString('base64url'), ...issuers],
      [leaf, ...x5cOf(seal)],
    ];
    for (const x5c of broken)
      expectRefusal(await send({ body: withKey({ x5c }) }), 400, 'invalid_client_metadata', 'METADATA_INVALID');
    expect((await send({ body: withKey({ x5c: [leaf] }) })).json['error_description']).toContain(
      'full certification path',
    );
  });

  it('R44, R49: stores names as text and lets no member reach a prototype', async () => {
    const name = '<script>alert(1)</script> {{7*7}}';
    const body = JSON.stringify(metadata({ client_name: name })).replace(
      '{',
      '{"__proto__":{"scope":"pisp"},"constructor":{"prototype":{"x":1}},',
    );
    const answer = await send({ body });
    expect(answer.json).toMatchObject({ client_name: name, scope: 'aisp' });
    expect(answer.json).not.toHaveProperty('x');
  });

  it.each([
    ['a repeated member', '{"scope":"aisp","scope":"pisp"}'],
    ['a trailing comma', '{"scope":"aisp",}'],
    ['a byte order mark', '\ufeff{}'],
    ['UTF-16', new Uint8Array(Buffer.from('{}', 'utf16le'))],
    ['bytes that are not UTF-8', new Uint8Array([0x7b, 0xff, 0x7d])],
    ['half a surrogate pair', '{"client_name":"\\ud800"}'],
    ['NaN', '{"a":NaN}'],
    ['1e400', '{"a":1e400}'],
    ['R22: a nest', `{"a":${'['.repeat(20_000)}`],
    ['nothing', ''],
  ])('R50: refuses %s', async (_name, body) => {
    expectRefusal(await send({ body }), 400, 'invalid_request', 'REQUEST_MALFORMED');
  });

  it('R51, R52, R53: refuses large, foreign and encoded bodies before reading them', async () => {
    expectRefusal(await send({ body: `"${'x'.repeat(70_000)}"` }), 413, 'invalid_request', 'REQUEST_TOO_LARGE');
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json; charset=utf-16',
      'application/jsonx',
    ]) {
      expectRefusal(
        await send({ body: metadata(), headers: { 'content-type': type } }),
        415,
        'invalid_request',
        'MEDIA_TYPE_UNSUPPORTED',
      );
    }
    const gzip = await send({ body: gzipSync(Buffer.alloc(1_000_000)), headers: { 'content-encoding': 'gzip' } });
    expect([gzip.status, gzip.json['error_code']]).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED']);
  });

  it('R59: answers the same request again with the same client, also when both come at once', async () => {
    const before = await registered();
    const body = JSON.stringify(metadata());
    const answers = await Promise.all(
      [0, 1, 2, 3].map((n) =>
        send({ body, as: n % 2 === 0 ? qwac : renewed, headers: { 'idempotency-key': 'retry-1' } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    expect(new Set(answers.map(({ json }) => json['client_id'])).size).toBe(1);
    expect(await registered()).toBe(before + 1);
    expectRefusal(
      await send({ body: metadata(), headers: { 'idempotency-key': 'retry-1' } }),
      409,
      'invalid_request',
      'IDEMPOTENCY_KEY_REUSED',
    );
    expectRefusal(
      await send({ body: metadata(), headers: { 'idempotency-key': 'k'.repeat(300) } }),
      400,
      'invalid_request',
      'REQUEST_MALFORMED',
    );
  });

  it('R62, M19: says which methods there are', async () => {
    const { client_id: id } = (await send({ body: metadata() })).json;
    for (const method of ['PUT', 'DELETE', 'HEAD']) {
      const answer = await send({ method });
      expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, POST']);
    }
    for (const method of ['POST', 'HEAD']) {
      const answer = await send({ method, path: oneOf(id) });
      expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, PUT, DELETE']);
    }
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const answer = await send({ method, path: `${oneOf(id)}/token` });
      expect([answer.status, answer.headers['allow']]).toEqual([405, 'POST']);
    }
    expect((await send({ method: 'PATCH', path: oneOf(id) })).status).toBe(405);
    expect((await send({ method: 'GET', path: oneOf(id) })).status).toBe(200);
  });

  it('R63: answers JSON whatever is accepted', async () => {
    const answer = await send({ body: metadata(), headers: { accept: 'application/xml' } });
    expect([answer.status, answer.headers['content-type']]).toEqual([201, 'application/json; charset=utf-8']);
  });
});

describe('the client configuration endpoint, over mutual TLS', () => {
  const challenged = (answer: TlsAnswer) => {
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
    const { correlation_id: _reference, ...rest } = answer.json;
    return rest;
  };

  it('M2, M3, M4, M8: refuses wrong tokens; what is unknown cannot be told from what is of another', async () => {
    const [a, b, foreign] = [
      (await send({ body: metadata() })).json,
      (await send({ body: metadata() })).json,
      (await send({ as: otherQwac, body: metadata({ jwks: { keys: [{ x5c: x5cOf(otherSeal) }] } }) })).json,
    ];
    const read = (id: unknown, token?: unknown, as: Credential = qwac) =>
      send({
        method: 'GET',
        as,
        path: oneOf(id),
        ...(token === undefined ? {} : { headers: { authorization: `Bearer ${String(token)}` } }),
      });
    const unknownId = '0'.repeat(40);
    const wrong = challenged(await read(a['client_id'], 'wrong'));
    expect(wrong['error_code']).toBe('REGISTRATION_TOKEN_INVALID');
    expect(challenged(await read(a['client_id'], b['registration_access_token']))).toEqual(wrong);
    expect(challenged(await read(unknownId, a['registration_access_token']))).toEqual(wrong);
    expect(challenged(await read(a['client_id'], a['registration_access_token'], otherQwac))).toEqual(wrong);
    const unknown = challenged(await read(unknownId));
    expect(unknown['error_code']).toBe('REGISTRATION_NOT_FOUND');
    expect(challenged(await read(foreign['client_id']))).toEqual(unknown);
    expect((await read(a['client_id'], a['registration_access_token'])).status).toBe(200);
  });

  it('M5: refuses a token without a certificate', async () => {
    const { client_id: id, registration_access_token: token } = (await send({ body: metadata() })).json;
    const answer = await send({
      method: 'GET',
      as: null,
      path: oneOf(id),
      headers: { authorization: `Bearer ${String(token)}` },
    });
    expectRefusal(answer, 401, 'invalid_client', 'CERTIFICATE_MISSING');
  });

  it('M25, M26: finds registrations by organisation alone, with a renewed certificate, and shows none of another', async () => {
    const { client_id: id } = (await send({ body: metadata() })).json;
    const list = await send({ method: 'GET', as: renewed });
    expect(list.headers['cache-control']).toContain('no-store');
    expect(list.json['registrations']).toEqual(
      expect.arrayContaining([expect.objectContaining({ client_id: id, provider_legal_id: organization })]),
    );
    expect((await send({ method: 'GET', as: renewed, path: oneOf(id) })).json['client_id']).toBe(id);
    for (const where of [{ as: otherQwac }, { realm: 'sandbox/demo-bank' }, { realm: 'second-bank' }]) {
      expect((await send({ method: 'GET', ...where })).text).not.toContain(String(id));
    }
  });

  it('R61: keeps an acknowledged registration through a crash, with its answer to a repetition', async () => {
    const body = JSON.stringify(metadata());
    const first = await send({ body });
    expect(first.status).toBe(201);
    await demo.crashAndRestart();
    await untilQualified(qwac);
    const again = await send({ body });
    expect([again.status, again.json['client_id']]).toEqual([200, first.json['client_id']]);
  });
});

describe('the certificate check, over mutual TLS', () => {
  it('tells every finding on a good certificate', async () => {
    const answer = await send({ method: 'GET', path: '/certificate-check' });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      outcome: 'qualified',
      roles: ['PSP_AI'],
      organization: { identifier: organization },
      certificate: { thumbprint: kidOf(qwac) },
    });
    expect(answer.json['correlation_id']).toBe(answer.headers['x-correlation-id']);
    expect(
      (answer.json['findings'] as { outcome: string }[]).every(
        ({ outcome }) => outcome !== 'fail' && outcome !== 'indeterminate',
      ),
    ).toBe(true);
  });

  it('tells what is wrong with a bad one, as an answer and not as a refusal', async () => {
    const answer = await send({ method: 'GET', path: '/certificate-check', as: sealAsQwac });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ outcome: 'not-qualified', code: 'CERTIFICATE_WRONG_TYPE' });
    expect(answer.json['decision']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('refuses when there is none, and other methods', async () => {
    expectRefusal(
      await send({ method: 'GET', path: '/certificate-check', as: null }),
      401,
      'invalid_client',
      'CERTIFICATE_MISSING',
    );
    const answer = await send({ method: 'DELETE', path: '/certificate-check' });
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET']);
  });
});
