import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPng } from '../material/build-png.js';
import { sendOverTls, type TlsAnswer } from '../material/send-over-tls.js';
import { type Credential, type RunningDemo, startDemo } from '../material/start-demo.js';
import { startPostgresql, type TemporaryPostgresql } from '../material/start-postgresql.js';

const legalName = 'TPP 42001';

let postgresql: TemporaryPostgresql;
let demo: RunningDemo;
let first: Third;
let second: Third;

interface Third {
  readonly qwac: Credential;
  readonly seal: Credential;
}

beforeAll(async () => {
  postgresql = await startPostgresql();
  // The commands of an operator open the store beside the running server.
  process.env['DATABASE_URL'] = postgresql.url;
  demo = await startDemo({ DATABASE_URL: postgresql.url });
  first = await equip('PSDFR-ACPR-42001');
  second = await equip('PSDFR-ACPR-42002');
});

afterAll(async () => {
  delete process.env['DATABASE_URL'];
  await demo?.stop();
  await postgresql?.stop();
});

async function equip(organizationIdentifier: string): Promise<Third> {
  const order = { organizationIdentifier, roles: 'PSP_AI' };
  const third = {
    qwac: await demo.issue({ ...order, kind: 'qwac' }),
    seal: await demo.issue({ ...order, kind: 'qsealc' }),
  };
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const answer = await call(third, { method: 'GET', path: '/certificate-check' });
    if (answer.json['outcome'] === 'qualified') return third;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the certificate did not become qualified');
}

function call(
  third: Third,
  { method, path, body }: { method: string; path: string; body?: string },
): Promise<TlsAnswer> {
  return sendOverTls({
    method,
    url: `${demo.addresses.api}/demo-bank${path}`,
    ca: demo.ca,
    identity: third.qwac,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body,
  });
}

let number = 0;

/** Registers with these changes to metadata that are good. */
function register(third: Third, change: object): Promise<TlsAnswer> {
  const pems = third.seal.path.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  const x5c = pems.map((pem) => new X509Certificate(pem).raw.toString('base64'));
  const body = {
    client_name: `Name ${++number} of its own`,
    redirect_uris: ['https://tpp.example/callback'],
    scope: 'aisp',
    contacts: ['dev@tpp.example'],
    jwks: { keys: [{ kty: 'RSA', x5c }] },
    ...change,
  };
  return call(third, { method: 'POST', path: '/oauth2/registrations', body: JSON.stringify(body) });
}

/** The first page of an authorization for a registered client, as a PSU's browser gets it. */
async function openPage(registered: TlsAnswer, lang: 'fr' | 'en'): Promise<TlsAnswer> {
  const [redirectUri = ''] = registered.json['redirect_uris'] as string[];
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: String(registered.json['client_id']),
    redirect_uri: redirectUri,
    scope: 'aisp',
    state: 's',
    code_challenge: 'a'.repeat(43),
    code_challenge_method: 'S256',
  });
  const get = (url: string, cookie?: string) =>
    sendOverTls({ method: 'GET', url, ca: demo.ca, headers: cookie === undefined ? {} : { cookie } });
  const started = await get(`${demo.addresses.web}/demo-bank/oauth2/${lang}/authorize?${query}`);
  const [cookie = ''] = [started.headers['set-cookie'] ?? []].flat();
  return get(new URL(String(started.headers['location']), demo.addresses.web).href, cookie.split(';')[0]);
}

const warningsOf = (answer: TlsAnswer) => ((answer.json['warnings'] ?? []) as string[]).join(' ');

function expectRefused(answer: TlsAnswer, error: string, text: string): void {
  expect({ status: answer.status, error: answer.json['error'] }, answer.text).toEqual({ status: 400, error });
  expect((answer.json['problems'] as string[]).join(' ')).toContain(text);
}

describe('names, addresses and languages of a registration, over mutual TLS', () => {
  it.each([
    ['R17', 'com.tpp.app:/callback'],
    ['R17', 'intent://scan/#Intent;scheme=zxing;end'],
    ['R17', 'javascript:alert(1)'],
    ['R17', 'data:text/html,x'],
    ['R17', 'file:///etc/passwd'],
    ['R19', 'https://TPP.example/cb'],
    ['R19', 'https://tpp.example:443/cb'],
    ['R19', 'https://tpp.example./cb'],
    ['R19', 'https://\u0442pp.example/cb'],
  ])('%s: refuses the redirect URI %j', async (_row, uri) => {
    expectRefused(await register(first, { redirect_uris: [uri] }), 'invalid_redirect_uri', 'redirect_uris[0] must');
  });

  it('R19, R20: shows a name of the domain name system in its ASCII form, and asks for no domain of the third party', async () => {
    const answer = await register(first, {
      redirect_uris: ['https://xn--pp-8lc.example/cb', 'https://elsewhere.example/'],
    });
    expect(answer.status, answer.text).toBe(201);
    expect(answer.json['redirect_uris']).toEqual(['https://xn--pp-8lc.example/cb', 'https://elsewhere.example/']);
  });

  it('R43: warns of addresses on a host that is no redirect URI\u2019s', async () => {
    const answer = await register(first, {
      client_uri: 'https://tpp.example/',
      policy_uri: 'https://bank-policies.example.net/',
      'tos_uri#fr': 'https://other.example/cgu',
    });
    expect(answer.status, answer.text).toBe(201);
    expect(warningsOf(answer)).toContain('policy_uri should lead to the host of a redirect URI');
    expect(warningsOf(answer)).toContain('tos_uri#fr should lead');
    expect(warningsOf(answer)).not.toContain('client_uri');
  });

  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '{{7*7}} {bank}',
    '$' + '{7*7}',
  ])('R44: keeps the name %s as text, and shows it escaped', async (name) => {
    const answer = await register(first, { client_name: name });
    expect(answer.json['client_name']).toBe(name);
    const page = await openPage(answer, 'en');
    expect(page.status).toBe(200);
    expect(page.text).toContain(name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'));
    expect(page.text).not.toMatch(/<script|<img/);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it.each([
    'Safe \u202egnp',
    'Ba\u200bnk',
    'a\u0000b',
    `a${'\u0301'.repeat(10_000)}`,
    'Ba\u2060nk',
    '\ud83c\udde6\u{e0041}x',
  ])('R45: refuses the name %j', async (name) => {
    expectRefused(await register(first, { client_name: name }), 'invalid_client_metadata', 'client_name must');
  });

  it('R45: registers a name of mixed scripts at once, and shows the legal name alone', async () => {
    const answer = await register(first, { client_name: '\u0412NP Paribas' });
    expect(answer.status, answer.text).toBe(201);
    expect(warningsOf(answer)).toContain('mixes letters of scripts');
    for (const lang of ['fr', 'en'] as const) {
      const page = await openPage(answer, lang);
      expect(page.status).toBe(200);
      expect(page.text).toContain(legalName);
      expect(page.text).not.toContain('\u0412NP');
    }
  });

  it('R46: takes names in other languages, shows each in its own, and refuses tags that are none', async () => {
    const answer = await register(first, { client_name: 'Clear accounts', 'client_name#fr': 'Comptes nets' });
    expect(answer.json).toMatchObject({ client_name: 'Clear accounts', 'client_name#fr': 'Comptes nets' });
    const french = (await openPage(answer, 'fr')).text;
    expect(french).toContain('Comptes nets');
    expect(french.indexOf(legalName)).toBeLessThan(french.indexOf('Comptes nets'));
    expect((await openPage(answer, 'en')).text).toContain('Clear accounts');
    for (const tag of ['', '*', 'fr_FR', 'a'.repeat(40), '../x']) {
      const refused = await register(first, { [`client_name#${tag}`]: 'x' });
      expectRefused(refused, 'invalid_client_metadata', 'must name its language by a tag of BCP 47');
    }
    const many = Object.fromEntries(
      Array.from({ length: 200 }, (_, n) => [`client_name#q${String.fromCharCode(97 + (n % 26))}-${100 + n}`, 'x']),
    );
    expectRefused(await register(first, many), 'invalid_client_metadata', 'at most 20 further languages');
  });

  it('R47: holds the name of the bank or of another third party until an operator has looked', async () => {
    expect(warningsOf(await register(first, { client_name: 'Clair Budget' }))).toBe('');
    const bank = await register(second, { client_name: 'Demo 8ank' });
    const other = await register(second, { client_name: 'CLA\u0406R Budget' });
    expect([bank.status, other.status]).toEqual([201, 201]);
    expect(warningsOf(bank)).toContain('reads like a name of this bank');
    expect(warningsOf(other)).toContain('reads like the name of another third party');
    expect((await openPage(bank, 'en')).text).not.toContain('8ank');

    const data = ['--data-dir', demo.dataDirectory];
    const listed = await demo.run('postern', ['names', 'list', '--json', ...data]);
    expect(listed.code, listed.stderr).toBe(1);
    const reviews = JSON.parse(listed.stdout) as { reviewId: string; clientId: string }[];
    const reviewOf = ({ json }: TlsAnswer) =>
      reviews.find(({ clientId }) => clientId === json['client_id'])?.reviewId ?? '';
    const text = (await demo.run('postern', ['names', 'list', ...data])).stdout;
    expect(text).toContain('U+0406');

    const released = await demo.run('postern', ['names', 'release', reviewOf(bank), '--reason', 'agreed', ...data]);
    expect(released.code, released.stderr).toBe(0);
    expect((await openPage(bank, 'en')).text).toContain('Demo 8ank');
    const refused = await demo.run('postern', ['names', 'refuse', reviewOf(other), ...data]);
    expect(refused.code, refused.stderr).toBe(0);
    expect((await openPage(other, 'en')).text).not.toContain('Budget');
    const read = await call(second, {
      method: 'GET',
      path: `/oauth2/registrations/${String(other.json['client_id'])}`,
    });
    expect(warningsOf(read)).toContain('is not shown to customers');
    expect((await demo.run('postern', ['names', 'release', reviewOf(bank), ...data])).code).toBe(1);
  });

  it('shows an inline logo from our own origin, drawn anew, and none beside a name that is held', async () => {
    const file = buildPng({
      width: 40,
      height: 40,
      bitDepth: 8,
      colorType: 2,
      interlaced: true,
      samples: (x, y) => [x, y, 9],
    });
    const answer = await register(first, { logo: `data:image/png;base64,${file.toString('base64')}` });
    expect(answer.status, answer.text).toBe(201);
    let address: string | undefined;
    for (let attempt = 0; attempt < 100 && address === undefined; attempt += 1) {
      address = /<img [^>]*src="([^"]+)"/.exec((await openPage(answer, 'en')).text)?.[1];
      if (address === undefined) await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(address).toMatch(/^\/demo-bank\/logos\/[0-9a-f]{64}\.png$/);
    const get = (path: string) => sendOverTls({ method: 'GET', url: `${demo.addresses.web}${path}`, ca: demo.ca });
    const image = await get(address ?? '');
    expect(image.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    });
    expect(image.headers['cache-control']).toContain('immutable');
    expect((await get('/demo-bank/logos/../../etc.png')).status).toBeGreaterThanOrEqual(400);
    expect((await get(`/demo-bank/logos/${'0'.repeat(64)}.png`)).status).toBe(404);
    const held = await register(second, { client_name: 'Demo Bank', logo: file.toString('base64') });
    expect((await openPage(held, 'en')).text).not.toContain('<img');
  });

  it.each([
    ['R35', { logo_uri: 'https://127.0.0.1/logo.png' }],
    ['R35', { logo_uri: 'https://2130706433/logo.png' }],
    ['R35', { 'logo_uri#fr': 'https://[fd00::1]/logo.png' }],
    ['R41', { logo_uri: 'http+unix://tmp/logo' }],
    ['R41', { logo_uri: 'https://[fe80::1%25eth0]/logo.png' }],
    ['R44', { logo_uri: 'data:image/svg+xml;base64,PHN2Zy8+' }],
    ['R44', { logo: Buffer.from('<svg onload="alert(1)"/>').toString('base64') }],
  ])('%s: refuses the logo %j', async (_row, change) => {
    expectRefused(await register(first, change), 'invalid_client_metadata', 'must');
  });
});
