import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildClientMetadata } from '../../tpp/src/registration/build-client-metadata.js';
import { keyText, newRsa, requestText } from '../material/certification-request.js';
import { agree } from '../material/oauth-tpp.js';
import { type ProgramPlan, runProgram } from '../material/run-program.js';
import { sendOverTls, type TlsAnswer } from '../material/send-over-tls.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';
import { startPostgresql, type TemporaryPostgresql } from '../material/start-postgresql.js';

let postgresql: TemporaryPostgresql;
let demo: RunningDemo;

beforeAll(async () => {
  postgresql = await startPostgresql();
  // The commands of an operator open the store beside the running server.
  process.env['DATABASE_URL'] = postgresql.url;
  demo = await startDemo({ DATABASE_URL: postgresql.url });
});

afterAll(async () => {
  delete process.env['DATABASE_URL'];
  await demo?.stop();
  await postgresql?.stop();
});

const developers = (lang: string) => `/demo-bank/${lang}/developers`;

function post(
  path: string,
  form: Readonly<Record<string, string>>,
  { from, ...headers }: Readonly<Record<string, string>> & { readonly from?: string } = {},
): Promise<TlsAnswer> {
  return sendOverTls({
    method: 'POST',
    from,
    url: `${demo.addresses.web}${path}`,
    ca: demo.ca,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(form).toString(),
  });
}

async function postern(...parameters: readonly string[]) {
  const { code, stdout, stderr } = await demo.run('postern', [...parameters, '--data-dir', demo.dataDirectory]);
  return { code, text: stdout + stderr };
}

describe('what a visitor writes', () => {
  const message = 'K15 <script>alert(1)</script>\nsecond line \u202e reversed';
  const right = { kind: 'fault', page: 'errors', message, email: 'dev@tpp.example' };

  it('K14, K15: is kept for the operator as text, and closed once', async () => {
    const answer = await post(`${developers('fr')}/contact`, right);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.text).not.toContain('<script');
    const reference = /class="correlation">([0-9a-f-]{36})</.exec(answer.text)?.[1] ?? '';
    const listed = await postern('feedback', 'list', '--json');
    expect(listed.code).toBe(1);
    expect(JSON.parse(listed.text)).toMatchObject([
      {
        id: reference,
        brand: 'demo-bank',
        lang: 'fr',
        kind: 'fault',
        page: 'errors',
        message,
        email: 'dev@tpp.example',
      },
    ]);
    const shown = await postern('feedback', 'list');
    expect(shown.text).toContain('second line \ufffd reversed');
    expect((await postern('feedback', 'close', reference)).code).toBe(64);
    expect((await postern('feedback', 'close', reference, '--by', 'Ana')).text).toContain('by Ana');
    expect((await postern('feedback', 'close', reference, '--by', 'Ana')).code).toBe(1);
    expect((await postern('feedback', 'list')).code).toBe(0);
  });

  it('K14: begins no header of a mail, and comes from no other site', async () => {
    const injected = await post(`${developers('en')}/contact`, { ...right, email: 'a@b.example\r\nBcc: c@d.example' });
    expect(injected.status).toBe(400);
    expect(injected.text).toContain('<a href="#email">');
    const foreign = await post(`${developers('en')}/contact`, right, { origin: 'https://evil.example' });
    expect(foreign.status).toBe(403);
    expect((await postern('feedback', 'list')).code).toBe(0);
  });

  it('is bounded for each source and day', async () => {
    const answers: TlsAnswer[] = [];
    for (let count = 0; count < 10; count += 1) answers.push(await post(`${developers('en')}/contact`, right));
    expect(answers.map(({ status }) => status)).toEqual([...Array(9).fill(200), 429]);
    expect(Number(answers.at(-1)?.headers['retry-after'])).toBeGreaterThan(0);
  });
});

interface Identity {
  readonly path: string;
  readonly key: string;
}

/** An organisation with test certificates and one client in the sandbox. */
interface Party {
  readonly identifier: string;
  readonly qwac: Identity;
  readonly clientId: string;
  /** Takes the QWAC out of use. */
  revoke(): Promise<TlsAnswer>;
}

const sandbox = '/sandbox/demo-bank';

function callApi(
  path: string,
  as?: Identity,
  call: { method?: string; body?: unknown; headers?: Readonly<Record<string, string>> } = {},
): Promise<TlsAnswer> {
  const { method = 'GET', body, headers = {} } = call;
  return sendOverTls({
    method,
    url: `${demo.addresses.api}${path}`,
    ca: demo.ca,
    identity: as,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

async function enterSandbox(name: string): Promise<Party> {
  const keys = { website: newRsa(), seal: newRsa() };
  const application = { organization_name: name, contact: 'dev@tpp.example', roles: ['PSP_AI'] };
  const requests = { website_csr: requestText(keys.website), seal_csr: requestText(keys.seal) };
  const applied = await callApi(`${sandbox}/certificates`, undefined, {
    method: 'POST',
    body: { ...application, ...requests },
  });
  expect(applied.status, applied.text).toBe(201);
  const certificates = applied.json['certificates'] as { kind: string; path: string; serial_number: string }[];
  const find = (kind: string) => {
    const found = certificates.find((each) => each.kind === kind);
    if (found === undefined) throw new Error(applied.text);
    return found;
  };
  const qwac = { path: find('qwac').path, key: keyText(keys.website) };
  const metadata = buildClientMetadata({
    clientName: `<b>${name}</b>`,
    redirectUris: ['https://tpp.example/callback'],
    scope: 'aisp',
    sealPaths: [find('qsealc').path],
  });
  const registered = await callApi(`${sandbox}/oauth2/registrations`, qwac, { method: 'POST', body: metadata });
  expect(registered.status, registered.text).toBe(201);
  return {
    identifier: String(applied.json['organization_identifier']),
    qwac,
    clientId: String(registered.json['client_id']),
    revoke: () =>
      callApi(`${sandbox}/certificates/${String(applied.json['id'])}/revoke`, undefined, {
        method: 'POST',
        body: { serial_number: find('qwac').serial_number, reason: 'keyCompromise' },
        headers: { authorization: `Bearer ${String(applied.json['secret'])}` },
      }),
  };
}

describe('what an organisation sees of itself', () => {
  const page = (lang: string) => `${sandbox}/${lang}/developers/registrations`;
  const asJson = { headers: { accept: 'application/json' } };
  let one: Party;
  let other: Party;
  let refused: string;

  beforeAll(async () => {
    [one, other] = [await enterSandbox('Alpha SAS'), await enterSandbox('Beta SAS')];
    const answer = await callApi(`${sandbox}/stet-psd2-api/v1/accounts`, one.qwac, {
      headers: { authorization: 'Bearer x' },
    });
    expect(answer.status).toBe(401);
    refused = String(answer.headers['x-correlation-id']);
    const elsewhere = await callApi('/demo-bank/oauth2/registrations', one.qwac, { method: 'POST', body: {} });
    expect(elsewhere.json['error_code']).toBe('CERTIFICATE_UNKNOWN_ISSUER');
  });

  it('is its clients, keys, certificates and refusals, as a page and as JSON', async () => {
    const own = await seen(one, (text) => text.includes(refused));
    expect(own.json).toMatchObject({
      outcome: 'qualified',
      organization: { identifier: one.identifier, legal_name: 'Alpha SAS' },
      clients: [{ client_id: one.clientId, client_name: '<b>Alpha SAS</b>', scope: 'aisp', keys: [{ state: 'good' }] }],
      refusals: [{ code: 'TOKEN_INVALID', correlation_id: refused, method: 'GET' }],
    });
    const answer = await callApi(page('fr'), one.qwac);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.text).toContain('<html lang="fr">');
    for (const text of [one.clientId, refused, 'Alpha SAS', 'https://tpp.example/callback'])
      expect(answer.text).toContain(text);
    expect(answer.text).not.toContain('<b>');
    expect(Buffer.byteLength(answer.text)).toBeLessThanOrEqual(60 * 1024);
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; style-src 'self'/);
    for (const [, style] of answer.text.matchAll(/rel="stylesheet" href="([^"]+)"/g))
      expect((await callApi(style ?? '')).headers['content-type']).toContain('text/css');
  });

  it('K16: is nothing of another organisation, nor of another environment', async () => {
    const own = await callApi(page('en'), other.qwac, asJson);
    expect(own.json).toMatchObject({ organization: { identifier: other.identifier }, refusals: [] });
    for (const secret of [one.clientId, one.identifier, refused, 'Alpha']) expect(own.text).not.toContain(secret);
    // What is added to the address names nobody.
    const asked = await callApi(`${page('en')}?organization=${one.identifier}&client_id=${one.clientId}`, other.qwac);
    for (const secret of [one.clientId, one.identifier, refused, 'Alpha']) expect(asked.text).not.toContain(secret);
    const production = await callApi('/demo-bank/en/developers/registrations', one.qwac, asJson);
    expect(production.json).toMatchObject({
      outcome: 'not-qualified',
      code: 'CERTIFICATE_UNKNOWN_ISSUER',
      clients: [],
    });
    for (const secret of [one.clientId, refused]) expect(production.text).not.toContain(secret);
    expect(production.json['refusals']).toMatchObject([{ code: 'CERTIFICATE_UNKNOWN_ISSUER' }]);
    const [first] = production.json['refusals'] as { findings: { rule: string; clause: string }[] }[];
    expect(first?.findings.map(({ rule }) => rule)).toContain('path.trusted-issuer');
  });

  it('K16: is no more than its own refusals for a certificate that is not qualified', async () => {
    expect((await other.revoke()).status).toBe(200);
    const own = await seen(other, (text) => text.includes('"not-qualified"'));
    expect(own.json).toMatchObject({ outcome: 'not-qualified', clients: [], certificates: [] });
    expect(own.text).not.toContain(other.clientId);
    const answer = await callApi(page('en'), other.qwac);
    expect(answer.text).toContain('Not qualified: it would be refused');
    expect(answer.text).not.toContain(other.clientId);
  });

  it('is a page that says how, to who presents no certificate', async () => {
    const answer = await callApi(page('fr'));
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('openssl pkcs12 -export');
    expect((await callApi(page('fr'), undefined, asJson)).json['error_code']).toBe('CERTIFICATE_MISSING');
    expect((await callApi(page('fr'), one.qwac, { method: 'DELETE' })).status).toBe(405);
  });

  it('includes the certificate check, as a page for a browser only', async () => {
    const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-language': 'en' };
    const answer = await callApi(`${sandbox}/certificate-check`, one.qwac, { headers });
    expect(answer.text).toContain('Qualified: it would be let in');
    expect(answer.text.match(/class="finding /g)?.length).toBeGreaterThan(20);
    expect((await callApi(`${sandbox}/certificate-check?lang=fr`, undefined, { headers })).text).toContain(
      'Cette page demande votre certificat',
    );
    expect((await callApi(`${sandbox}/certificate-check`, one.qwac)).json['outcome']).toBe('qualified');
  });

  /** Events are written some milliseconds after the answer, and other nodes hear of a revocation within a second. */
  async function seen(party: Party, isThere: (text: string) => boolean): Promise<TlsAnswer> {
    for (let attempt = 0; ; attempt += 1) {
      const answer = await callApi(page('en'), party.qwac, asJson);
      if (isThere(answer.text) || attempt > 200) return answer;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
});

describe('the journey explorer', () => {
  it('goes every step for real, for two visitors at a time, one journey each, and leaves nothing behind', async () => {
    const answers = await Promise.all([
      post(`${developers('en')}/journey`, {}),
      // K15: what is sent along names no target.
      post(
        `${developers('fr')}/journey?url=https://evil.example`,
        { url: 'https://evil.example', host: 'evil.example' },
        { from: '127.0.0.2' },
      ),
      post(`${developers('en')}/journey`, {}),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 429]);
    expect(Number(answers.find(({ status }) => status === 429)?.headers['retry-after'])).toBeGreaterThan(0);
    for (const { text } of answers.filter(({ status }) => status === 200)) {
      const main = text.slice(text.indexOf('<main'), text.indexOf('</main>'));
      expect(main.match(/outcome-(\w+)/g)).toEqual(Array(11).fill('outcome-pass'));
      expect(text).not.toContain('evil.example');
      expect(text).not.toMatch(/BEGIN (RSA |EC )?PRIVATE/);
      for (const word of ['201 Created', '303 See Other', 'SIGNATURE_INVALID', 'CERTIFICATE_MISSING', '204 No Content'])
        expect(text).toContain(word);
      const hosts = [...main.matchAll(/\nhost: ([\w.:-]+)/g)].map(([, host]) => host);
      expect(new Set(hosts)).toEqual(new Set([demo.addresses.api, demo.addresses.web].map((url) => new URL(url).host)));
    }
    const left = await postern('sandbox', 'list', '--all', '--json');
    expect(left.text).not.toContain('"Journey ');
  });

  it('is begun from its own page only', async () => {
    const foreign = await post(`${developers('en')}/journey`, {}, { 'sec-fetch-site': 'cross-site' });
    expect(foreign.status).toBe(403);
  });

  it('says why there is none where somebody agrees to each certificate', async () => {
    const page = { method: 'GET', url: `${demo.addresses.web}/second-bank/en/developers/journey`, ca: demo.ca };
    expect((await sendOverTls(page)).text).toContain('somebody of the bank agrees');
    expect((await post('/second-bank/en/developers/journey', {})).status).toBe(405);
  });
});

const hasJava = findProgram('java');

describe('the code that the journey shows, as one program', () => {
  let shown: string;

  beforeAll(async () => {
    const page = { method: 'GET', url: `${demo.addresses.web}${developers('en')}/journey`, ca: demo.ca };
    shown = (await sendOverTls(page)).text;
  });

  it('works with curl', async () => {
    await expectJourney('curl', 'camille', (file) => ({
      command: 'bash',
      parameters: [file('journey.sh')],
      environment: { CURL_CA_BUNDLE: demo.addresses.ca },
    }));
  });

  it('works in TypeScript', async () => {
    await expectJourney('TypeScript', 'noam', (file) => ({
      command: process.execPath,
      parameters: [file('journey.ts')],
      environment: { NODE_EXTRA_CA_CERTS: demo.addresses.ca },
    }));
  });

  it.runIf(hasJava)('works in Java', async () => {
    await expectJourney('Java', 'lucie', (file, directory) => {
      const store = join(directory, 'trust.p12');
      const given = [
        '-importcert',
        '-noprompt',
        '-storepass',
        'changeit',
        '-alias',
        'demo',
        '-file',
        demo.addresses.ca,
      ];
      execFileSync('keytool', [...given, '-keystore', store], { stdio: 'ignore' });
      return {
        command: 'java',
        parameters: [
          `-Djavax.net.ssl.trustStore=${store}`,
          '-Djavax.net.ssl.trustStorePassword=changeit',
          file('Journey.java'),
        ],
      };
    });
  });

  async function expectJourney(
    language: string,
    user: string,
    describeRun: (
      file: (name: string) => string,
      directory: string,
    ) => Pick<ProgramPlan, 'command' | 'parameters' | 'environment'>,
  ): Promise<void> {
    const directory = mkdtempSync(join(demo.dataDirectory, 'program-'));
    const file = (name: string) => {
      writeFileSync(join(directory, name), readProgram(shown, language));
      return join(directory, name);
    };
    const { code, text } = await runProgram({
      ...describeRun(file, directory),
      directory,
      answer: (address) => agree(demo, sandbox, address.slice(demo.addresses.web.length), user),
    });
    expect(code, text).toBe(0);
    for (const word of ['qualified', '"accounts":', 'SIGNATURE_INVALID', 'CERTIFICATE_MISSING'])
      expect(text, language).toContain(word);
  }
});

/** The parts of a language on the page, one after the other. */
function readProgram(page: string, language: string): string {
  const parts = page.matchAll(/<details><summary>([^<]+)<\/summary>.*?<code>(.*?)<\/code>/gs);
  return [...parts]
    .filter(([, title]) => title === language)
    .map(([, , code = '']) =>
      code.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
    )
    .join('\n');
}

function findProgram(name: string): boolean {
  return spawnSync(name, ['-version'], { stdio: 'ignore' }).status === 0;
}
