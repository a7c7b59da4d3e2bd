import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import { alternativeNames, caConstraints, keyUsage } from '@postern/core/issuance/extensions.js';
import { parsePem, renderPem } from '@postern/core/issuance/pem.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildClientMetadata } from '../../tpp/src/registration/build-client-metadata.js';
import { type KeyPair, keyText, newRsa, pairOf, requestText } from '../material/certification-request.js';
import { expectRefusal } from '../material/expect-refusal.js';
import { fetchOctets, sayStatus, writeFiles } from '../material/openssl-status.js';
import { sendOverTls, type TlsAnswer } from '../material/send-over-tls.js';
import { sendRaw } from '../material/send-raw.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';
import { startPostgresql, type TemporaryPostgresql } from '../material/start-postgresql.js';

interface Identity {
  readonly path: string;
  readonly key: string;
}

let postgresql: TemporaryPostgresql;
let demo: RunningDemo;
let owner: TlsAnswer;
let qwac: Identity;
let seal: Identity;
const keys = { website: newRsa(), seal: newRsa() };
const usual = { organization_name: 'Jeune Pousse SAS', contact: 'dev@pousse.example', roles: ['PSP_AI', 'PSP_PI'] };

beforeAll(async () => {
  postgresql = await startPostgresql();
  // The commands of an operator open the store beside the running server.
  process.env['DATABASE_URL'] = postgresql.url;
  demo = await startDemo({ DATABASE_URL: postgresql.url });
  owner = await apply({});
  expect(owner.status, owner.text).toBe(201);
  qwac = { path: pathOf(owner, 'qwac'), key: keyText(keys.website) };
  seal = { path: pathOf(owner, 'qsealc'), key: keyText(keys.seal) };
});

afterAll(async () => {
  delete process.env['DATABASE_URL'];
  await demo?.stop();
  await postgresql?.stop();
});

interface Call {
  readonly path: string;
  readonly method?: string;
  readonly body?: unknown;
  readonly as?: Identity;
  readonly headers?: Readonly<Record<string, string>>;
}

function send({ path, method = 'POST', body, as, headers = {} }: Call): Promise<TlsAnswer> {
  return sendOverTls({
    method,
    url: `${demo.addresses.api}${path}`,
    ca: demo.ca,
    identity: as,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: body === undefined || typeof body === 'string' ? (body as string | undefined) : JSON.stringify(body),
  });
}

function apply(change: Readonly<Record<string, unknown>>, brand = 'demo-bank', pair = keys): Promise<TlsAnswer> {
  const requests = { website_csr: requestText(pair.website), seal_csr: requestText(pair.seal) };
  return send({ path: `/sandbox/${brand}/certificates`, body: { ...usual, ...requests, ...change } });
}

function certificatesOf(answer: TlsAnswer) {
  return answer.json['certificates'] as readonly { kind: string; serial_number: string; state: string; path: string }[];
}

function newestOf(answer: TlsAnswer, kind: string) {
  const found = certificatesOf(answer).find((each) => each.kind === kind);
  if (found === undefined) throw new Error(answer.text);
  return found;
}

const pathOf = (answer: TlsAnswer, kind: string) => newestOf(answer, kind).path;
const parsed = (pem: string) => parseCertificate(parsePem(pem, ['CERTIFICATE']) ?? new Uint8Array());

function asOwner(action: string, body?: unknown, of = owner, brand = 'demo-bank'): Promise<TlsAnswer> {
  const path = `/sandbox/${brand}/certificates/${String(of.json['id'])}${action}`;
  const headers = { authorization: `Bearer ${String(of.json['secret'])}` };
  return send({ path, method: body === undefined ? 'GET' : 'POST', body, headers });
}

/** Test certificates on the portal. */
function browse(brand: string, below: string, headers: Readonly<Record<string, string>>, body?: string) {
  const url = `${demo.addresses.web}/${brand}/en/developers/test-certificates${below}`;
  return sendOverTls({ method: body === undefined ? 'GET' : 'POST', url, ca: demo.ca, headers, body });
}

const check = (realm: string, as = qwac) => send({ path: `/${realm}/certificate-check`, method: 'GET', as });

function register(realm: string): Promise<TlsAnswer> {
  const metadata = buildClientMetadata({
    clientName: 'Pousse',
    redirectUris: ['https://pousse.example/cb'],
    scope: 'pisp',
    sealPaths: [seal.path],
  });
  return send({ path: `/${realm}/oauth2/registrations`, body: metadata, as: qwac });
}

function token(realm: string, clientId: string): Promise<TlsAnswer> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', scope: 'pisp', client_id: clientId }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return send({ path: `/${realm}/oauth2/token`, body, as: qwac, headers });
}

const accounts = (realm: string) =>
  send({
    path: `/${realm}/stet-psd2-api/v1/accounts`,
    method: 'GET',
    as: qwac,
    headers: { authorization: 'Bearer x' },
  });

const pause = () => new Promise((resolve) => setTimeout(resolve, 100));

describe('certificates of the sandbox', () => {
  it('open the sandbox of their brand at every level', async () => {
    const checked = await check('sandbox/demo-bank');
    expect(checked.json, checked.text).toMatchObject({ outcome: 'qualified' });
    const client = await register('sandbox/demo-bank');
    expect(client.status, client.text).toBe(201);
    const issued = await token('sandbox/demo-bank', String(client.json['client_id']));
    expect(issued.status, issued.text).toBe(200);
    expect((await accounts('sandbox/demo-bank')).json['error_code']).toBe('TOKEN_INVALID');
  });

  it('K9: open nothing in production, nor in the sandbox of another brand', async () => {
    for (const realm of ['demo-bank', 'second-bank', 'sandbox/second-bank']) {
      const checked = await check(realm);
      expect(checked.json['outcome'], checked.text).not.toBe('qualified');
      expect(checked.text).toContain('path.trusted-issuer');
      expectRefusal(await register(realm), 401, 'CERTIFICATE_UNKNOWN_ISSUER');
      expectRefusal(await token(realm, 'whoever'), 401, 'CERTIFICATE_UNKNOWN_ISSUER');
      expect((await accounts(realm)).json['error_code']).toBe('CERTIFICATE_UNKNOWN_ISSUER');
    }
  });

  it('K9: bear a policy, an authority and names that no real certificate has', () => {
    const { certificatePolicies, subject, qcStatements, issuer } = parsed(qwac.path);
    expect(certificatePolicies[0]).toMatch(/^2\.25\./);
    expect(subject.rdns.flat().find(({ type }) => type === '2.5.4.97')?.value).toMatch(/^PSDFR-TEST-\d{12}$/);
    expect(JSON.stringify(qcStatements)).toContain('FR-TEST');
    expect(JSON.stringify(issuer.rdns)).toContain('tests only');
  });

  it('K9: their authority cannot be trusted by a configuration, as anchor or as signer of lists', async () => {
    const folder = join(demo.dataDirectory, 'demo');
    const good = readFileSync(join(folder, 'postern.yaml'), 'utf8');
    const write = async (name: string, change: (file: string) => string) => {
      const octets = await fetchOctets(demo, `certificates/${name}.cer`);
      writeFileSync(join(folder, `${name}.pem`), renderPem('CERTIFICATE', octets));
      writeFileSync(join(folder, `${name}.yaml`), change(`${name}.pem`));
      return join(folder, `${name}.yaml`);
    };
    const pinned = (file: string) => `[{ file: ${file}, use: website, expires: 2099-01-01 }]`;
    const configurations = [
      await write('root', (file) => good.replace('trust:', `trust:\n  pinnedAnchors: ${pinned(file)}`)),
      await write('1', (file) => good.replace('scheme/lotl-signers.pem', file)),
    ];
    expect((await demo.run('postern', ['check-config', '--config', join(folder, 'postern.yaml')])).code).toBe(0);
    for (const configuration of configurations) {
      expect(readFileSync(configuration, 'utf8')).not.toBe(good);
      for (const command of ['check-config', 'serve']) {
        const { code, stderr } = await demo.run('postern', [command, '--config', configuration]);
        expect([command, code, stderr]).toEqual([command, 78, expect.stringContaining('certificate of a sandbox')]);
      }
    }
  });

  it('K3, K4: follow our profile, whatever the request asks for', async () => {
    const pair = { website: newRsa(), seal: newRsa() };
    const extensions = [
      caConstraints(),
      keyUsage('keyCertSign', 'cRLSign'),
      alternativeNames({ dns: ['bank.fr', '*.bank.fr', 'localhost'], ip: [Uint8Array.of(10, 0, 0, 1)] }),
    ];
    const website_csr = requestText(pair.website, { extensions, name: { commonName: '*.bank.fr', countryName: 'DE' } });
    const answer = await apply({ website_csr }, 'demo-bank', pair);
    expect(answer.status, answer.text).toBe(201);
    const issued = parsed(pathOf(answer, 'qwac'));
    expect(issued.basicConstraints).toBeUndefined();
    expect(issued.keyUsage).toEqual(['digitalSignature']);
    expect(JSON.stringify(issued.subject.rdns)).not.toContain('bank.fr');
    expect(JSON.stringify(issued.subjectAlternativeNames)).toMatch(/tpp-\d{12}\.demo-bank\.test/);
    expect(JSON.stringify(issued.subjectAlternativeNames)).not.toContain('localhost');
  });

  it('K10: bear serial numbers of 126 random bits', () => {
    const serials = certificatesOf(owner).map(({ serial_number }) => serial_number);
    expect(new Set(serials).size).toBe(serials.length);
    for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9a-f]{31}$/);
  });

  it('are in no need of what only the owner of the files can read', () => {
    const directory = join(demo.dataDirectory, 'sandbox', 'demo-bank');
    for (const name of readdirSync(directory)) expect(statSync(join(directory, name)).mode & 0o077, name).toBe(0);
  });
});

describe('requests for certificates of the sandbox', () => {
  const fresh = () => ({ website: newRsa(), seal: newRsa() });

  it('K1: are refused when another key signed them', async () => {
    const website_csr = requestText(newRsa(), { signer: newRsa().privateKey });
    const answer = await apply({ website_csr }, 'demo-bank', fresh());
    expectRefusal(answer, 400, 'CERTIFICATION_REQUEST_INVALID');
    expect(answer.text).toContain('signature: it does not verify, so it is not proved that you hold the private key');
  });

  it('K2: are refused over keys that are weak, the same, known, or the bank’s', async () => {
    const weak = { website: newRsa(1024), seal: newRsa() };
    const one = newRsa();
    const pairs: KeyPair[][] = [
      [weak.website, weak.seal],
      [one, one],
      [newRsa(), keys.seal],
      [pairOf(readFileSync(join(demo.dataDirectory, 'demo', 'tls', 'server-key.pem'), 'utf8')), newRsa()],
    ];
    for (const [website = one, other = one] of pairs) {
      const answer = await apply({}, 'demo-bank', { website, seal: other });
      expectRefusal(answer, 400, 'CERTIFICATION_REQUEST_INVALID');
    }
  });

  it('K5: are refused with the organizationIdentifier of a real third party', async () => {
    const pair = fresh();
    const name = { organizationIdentifier: 'PSDFR-ACPR-12345', commonName: 'x' };
    const answer = await apply({ seal_csr: requestText(pair.seal, { name }) }, 'demo-bank', pair);
    expectRefusal(answer, 400, 'CERTIFICATION_REQUEST_INVALID');
    expect(answer.text).toContain('assigns');
  });

  it.each([
    ['K7', { roles: ['PSP_AS'] }],
    ['K7', { roles: [] }],
    ['K7', { roles: ['PSP_AI', 'PSP_AI'] }],
    ['K14', { contact: 'a@b.example\r\nBcc: c@d.example' }],
    ['K14', { contact: 'nobody' }],
    ['K15', { organization_name: 'x\u202egnp' }],
    ['K15', { organization_name: ' ' }],
    ['K15', { unknown: 1 }],
  ])('%s: are refused with %j', async (_row, change) => {
    expectRefusal(await apply(change), 400, 'REQUEST_MALFORMED');
  });

  it('K13: are refused with a private key anywhere, which is not repeated', async () => {
    const pair = fresh();
    const secret = keyText(pair.website);
    for (const change of [{ website_csr: secret }, { organization_name: secret }, { key: secret }]) {
      const answer = await apply(change, 'demo-bank', pair);
      expectRefusal(answer, 400, 'CERTIFICATION_REQUEST_INVALID');
      expect(answer.text).toContain('private key');
      expect(answer.text).not.toContain(secret.split('\n')[1] ?? '');
    }
  });

  it('K11: are nobody’s but their owner’s, to read and to change', async () => {
    const other = await apply({}, 'demo-bank', fresh());
    expect(other.status, other.text).toBe(201);
    const serial = newestOf(owner, 'qwac').serial_number;
    const foreign = { ...other, json: { ...other.json, id: owner.json['id'] } };
    expectRefusal(await asOwner('', undefined, foreign), 404, 'NOT_FOUND');
    const revocation = { serial_number: serial, reason: 'superseded' };
    expectRefusal(await asOwner('/revoke', revocation, foreign), 404, 'NOT_FOUND');
    expectRefusal(await asOwner('/revoke', revocation, other), 400, 'REQUEST_MALFORMED');
    const elsewhere = `/sandbox/second-bank/certificates/${String(owner.json['id'])}`;
    const headers = { authorization: `Bearer ${String(owner.json['secret'])}` };
    expectRefusal(await send({ path: elsewhere, method: 'GET', headers }), 404, 'NOT_FOUND');
    expect(newestOf(await asOwner(''), 'qwac').state).toBe('good');
  });

  it('K14, K16: an id that there is answers to others like one that there is not, whatever is asked', async () => {
    const ids = [String(owner.json['id']), '019abf3c-0000-7000-8000-000000000000', 'no-id'];
    const asked = ['', '/kit', '/revoke', '/release', '/register', '/renew', '/kit'].map((action, at) => ({
      action,
      method: at < 2 ? 'GET' : 'POST',
    }));
    for (const authorization of ['Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'Basic YTpi', undefined]) {
      for (const { action, method } of asked) {
        const answers = ids.map(async (id) => {
          const path = `/sandbox/demo-bank/certificates/${id}${action}`;
          const headers = authorization === undefined ? {} : { authorization };
          const answer = await send({ path, method, headers, ...(method === 'POST' ? { body: {} } : {}) });
          expectRefusal(answer, 404, 'NOT_FOUND');
          return { ...answer.json, correlation_id: '' };
        });
        const [one, ...others] = await Promise.all(answers);
        for (const other of others) expect(other).toEqual(one);
      }
    }
  });

  it('wait for an operator where the brand says so', async () => {
    const waiting = await apply({}, 'second-bank', fresh());
    expect([waiting.status, waiting.json['state'], certificatesOf(waiting)]).toEqual([202, 'waiting', []]);
    const read = () => asOwner('', undefined, waiting, 'second-bank');
    const id = String(waiting.json['id']);
    const cookie = `__Host-postern-sandbox-second-bank=${id}.${String(waiting.json['secret'])}`;
    const page = async () => (await browse('second-bank', '/mine', { cookie })).text;
    expect(await page()).toContain('Waiting for the agreement of the bank');
    expect(await page()).not.toContain('.pem');
    const run = (...words: string[]) => demo.run('postern', ['sandbox', ...words, '--data-dir', demo.dataDirectory]);
    expect((await run('list')).stdout).toContain(id);
    expect((await run('refuse', id, '--by', 'Ada')).code).toBe(64);
    expect((await run('approve', id)).code).toBe(64);
    const approved = await run('approve', id, '--by', 'Ada', '--reason', 'known firm');
    expect(approved.code, approved.stderr).toBe(0);
    expect((await run('refuse', id, '--by', 'Bob', '--reason', 'no')).code).toBe(1);
    const answer = await read();
    expect(answer.json).toMatchObject({ state: 'issued', reason: 'known firm' });
    expect(answer.text).not.toContain('Ada');
    expect(certificatesOf(answer)).toHaveLength(2);
    expect(await page()).toContain('known firm');
    expect(await page()).toMatch(/Agreed.*\.pem/s);
    expect(await page()).not.toContain('Ada');

    const other = await apply({}, 'second-bank', fresh());
    await run('refuse', String(other.json['id']), '--by', 'Ada', '--reason', 'no <b>such</b> firm');
    const refused = `__Host-postern-sandbox-second-bank=${String(other.json['id'])}.${String(other.json['secret'])}`;
    const told = await browse('second-bank', '/mine', { cookie: refused });
    expect(told.text).toContain('no &lt;b>such&lt;/b> firm');
    expect(told.text).not.toContain('Ada');
  });
});

describe('tpp certificate request --sandbox', () => {
  it('asks, fetches and renews, and what it got opens the sandbox', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'postern-tpp-'));
    const profile = ['--profile', join(directory, 'tpp.json')];
    const run = async (...words: string[]) => {
      const { code, stdout, stderr } = await demo.run('tpp', [...words, '--json', ...profile]);
      expect(code, stderr + stdout).toBe(0);
      return JSON.parse(stdout) as Readonly<Record<string, string>>;
    };
    try {
      for (const kind of ['qwac', 'qsealc']) await run('keygen', '--kind', kind, '--out', directory);
      const place = ['--base-url', demo.addresses.api, '--brand', 'demo-bank', '--ca', demo.addresses.ca];
      const firm = ['--organization-name', 'Atelier SARL', '--contact', 'dev@atelier.example'];
      const asked = await run('certificate', 'request', '--sandbox', ...place, ...firm);
      expect(asked).toMatchObject({ state: 'issued' });
      const first = readFileSync(asked['qwac'] ?? '', 'utf8');
      await run('certificate', 'request', '--sandbox');
      expect(readFileSync(asked['qwac'] ?? '', 'utf8')).toBe(first);
      await run('certificate', 'request', '--sandbox', '--renew');
      expect(readFileSync(asked['qwac'] ?? '', 'utf8')).not.toBe(first);
      expect(JSON.stringify(await run('certificate', 'check'))).toContain('qualified');
      const { kit = '' } = await run('certificate', 'kit');
      const [broken] = kit as unknown as readonly { defect: string; file: string; rule: string }[];
      const check = ['certificate', 'check', '--json', ...profile, '--qwac', broken?.file ?? ''];
      const refused = await demo.run('tpp', check);
      expect([broken?.defect, refused.code]).toEqual(['expired', 1]);
      expect(refused.stdout).toContain(broken?.rule);
      const register = ['--client-name', 'Atelier', '--redirect-uri', 'https://atelier.example/cb', '--scope', 'aisp'];
      await run('register', ...register);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});

describe('what an owner changes', () => {
  it('hold, release, suspension and withdrawal count at once, and end', async () => {
    const serial_number = newestOf(owner, 'qwac').serial_number;
    const outcome = async () => (await check('sandbox/demo-bank')).text;
    expect((await asOwner('/revoke', { serial_number, reason: 'certificateHold' })).status).toBe(200);
    expect(await outcome()).toContain('certificateHold');
    expect(newestOf(await asOwner('/release', { serial_number }), 'qwac').state).toBe('good');
    expect(await outcome()).toContain('"outcome":"qualified"');
    for (const state of ['withdrawn', 'suspended']) {
      expect((await asOwner('/register', { state })).json['register_state']).toBe(state);
      expect(await outcome()).not.toContain('"outcome":"qualified"');
      expect((await asOwner('/register', { state: 'active' })).status).toBe(200);
      expect(await outcome()).toContain('"outcome":"qualified"');
    }
  });

  it.each(['qwac', 'qsealc'])('openssl agrees at issue, hold, release and revocation of a %s', async (kind) => {
    const directory = mkdtempSync(join(tmpdir(), 'postern-openssl-'));
    try {
      const pair = { website: newRsa(), seal: newRsa() };
      const issued = await apply({}, 'demo-bank', pair);
      const files = writeFiles(directory, pathOf(issued, kind));
      const serial_number = newestOf(issued, kind).serial_number;
      const say = () => sayStatus(demo, directory, files);
      expect(await say()).toEqual({ verify: true, ocsp: 'good' });
      await asOwner('/revoke', { serial_number, reason: 'certificateHold' }, issued);
      expect(await say()).toEqual({ verify: false, ocsp: 'revoked' });
      await asOwner('/release', { serial_number }, issued);
      expect(await say()).toEqual({ verify: true, ocsp: 'good' });
      await asOwner('/revoke', { serial_number, reason: 'keyCompromise' }, issued);
      expect(await say()).toEqual({ verify: false, ocsp: 'revoked' });
      expectRefusal(await asOwner('/release', { serial_number }, issued), 400, 'REQUEST_MALFORMED');
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it('S39: an encoded slash passes below the OCSP responder, in base64 only, and nowhere else', async () => {
    const statusOf = async (target: string) => {
      const { host, origin } = new URL(demo.addresses.web);
      const head = `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
      const { answers } = await sendRaw({ url: origin, ca: demo.ca }, head);
      return answers.map(({ status }) => status);
    };
    expect(await statusOf('/sandbox/demo-bank/ocsp/MAM%2FAA%3D%3D')).toEqual([200]);
    const refused = [
      'ocsp/..%2Fcrl/1.crl',
      'ocsp/%2e%2e%2Fa',
      'ocsp/..',
      'ocsp/a%5Cb',
      'ocsp/a%252Fb',
      'ocsp/a%2Fb?c=%2F',
      'ocsp%2Fa',
      'crl%2F1.crl',
    ];
    for (const rest of refused) expect(await statusOf(`/sandbox/demo-bank/${rest}`), rest).toEqual([400]);
  });

  it('renews with one call; the old certificate stays as it is', async () => {
    const website = newRsa();
    const renewed = await asOwner('/renew', { website_csr: requestText(website) });
    expect(renewed.status, renewed.text).toBe(200);
    expect(
      certificatesOf(renewed)
        .map(({ kind }) => kind)
        .filter((kind) => kind === 'qwac'),
    ).toHaveLength(2);
    const both = [qwac, { path: pathOf(renewed, 'qwac'), key: keyText(website) }];
    for (const as of both) expect((await check('sandbox/demo-bank', as)).json['outcome']).toBe('qualified');
  });

  it('ends what is registered when its organisation is withdrawn, and restores it', async () => {
    const client = await register('sandbox/demo-bank');
    const id = String(client.json['client_id']);
    await asOwner('/register', { state: 'withdrawn' });
    expect((await token('sandbox/demo-bank', id)).status).toBe(401);
    await asOwner('/register', { state: 'active' });
    let answer = await token('sandbox/demo-bank', id);
    for (let attempt = 0; attempt < 100 && answer.status !== 200; attempt += 1) {
      await pause();
      answer = await token('sandbox/demo-bank', id);
    }
    expect(answer.status, answer.text).toBe(200);
  });

  it('K8: requests are counted by address', async () => {
    let last = await apply({ roles: [] });
    for (let attempt = 0; attempt < 60 && last.status !== 429; attempt += 1) last = await apply({ roles: [] });
    expectRefusal(last, 429, 'RATE_LIMITED');
    // There is room for one more after the part of a day that one of 50 has.
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(1_000);
    const form = { 'content-type': 'multipart/form-data; boundary=x' };
    const inBrowser = await browse('demo-bank', '', form, '--x--\r\n');
    expect([inBrowser.status, inBrowser.headers['retry-after'] !== undefined]).toEqual([429, true]);
  });
});
