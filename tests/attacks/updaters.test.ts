import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createGuardedFetch } from '../../server/src/fetch/guarded-fetch.js';
import { createTrustStore, type TrustStore } from '../../server/src/trust/trust-store.js';
import { redirectUriOf } from '../../tpp/src/journey/steps-registration.js';
import { startAuthorization } from '../../tpp/src/oauth/authorization-request.js';
import { fetchServerMetadata } from '../../tpp/src/oauth/server-metadata.js';
import { answerPages } from '../../tpp/src/psu/answer-pages.js';
import { createBrowser } from '../../tpp/src/psu/browser.js';
import { type Enrolled, enroll, openTppWorld, type TppWorld } from '../material/enroll.js';
import { sendOverTls } from '../material/send-over-tls.js';
import { type ListRecipe, renderList, signList } from '../material/signed-list.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';
import { openStrangerNetwork, type ServerPlan, type StrangerNetwork } from '../material/stranger-network.js';
import { authority, operator, sequences, top } from '../material/trust-store-world.js';

describe('lists over TLS', () => {
  const hosts = { lotl: 'lotl.example', fr: 'lists.fr.example' };
  const addresses = { lotl: `https://${hosts.lotl}/lotl.xml`, fr: `https://${hosts.fr}/fr.xml` };
  const published = new Date('2026-07-01T00:00:00Z');
  const inherited = getCACertificates('default');
  let web: StrangerNetwork;
  let directory: string;
  let now: Date;
  let store: TrustStore;
  /** What the hosts answer; undefined is an outage. */
  let answers: { lotl: string | undefined; fr: string | undefined };

  beforeEach(async () => {
    web = await openStrangerNetwork();
    setDefaultCACertificates([...inherited, web.ca]);
    directory = await mkdtemp(join(tmpdir(), 'updaters-'));
    now = published;
    answers = { lotl: renderTop(addresses.fr, 1), fr: renderFrench({ sequence: 5 }) };
    await serve('lotl');
    await serve('fr');
    store = createTrustStore({
      lotlUrl: addresses.lotl,
      lotlSigners: [top.der],
      refreshSeconds: 3600,
      cacheDirectory: directory,
      fetch: createGuardedFetch(web),
      clock: () => now,
    });
    expect(await store.refresh()).toBe(true);
    expect(sequences(store)).toEqual({ EU: 1, FR: 5 });
  });
  afterEach(async () => {
    store.stop();
    await web.stop();
    setDefaultCACertificates(inherited);
    await rm(directory, { recursive: true });
  });

  function renderTop(address: string, sequence: number): string {
    const pointers = [{ territory: 'FR', address, signer: operator }];
    return signList(renderList({ territory: 'EU', sequence, type: 'EUlistofthelists', pointers }), top);
  }

  function renderFrench(change: Partial<ListRecipe>): string {
    const recipe = { territory: 'FR', sequence: 5, services: [{ certificate: authority }], ...change };
    return signList(renderList(recipe), operator);
  }

  function serve(name: 'lotl' | 'fr', plan: ServerPlan = {}): Promise<string> {
    const listener = (
      _request: unknown,
      response: { writeHead(status: number): unknown; end(text?: string): void },
    ) => {
      const text = answers[name];
      if (text === undefined) response.writeHead(503);
      response.end(text);
    };
    return web.serve(hosts[name], listener, plan);
  }

  const later = (days: number) => new Date(published.getTime() + days * 86_400_000);
  const french = () => store.report().lists.find(({ territory }) => territory === 'FR');

  // The lists of these tests are to be renewed by 2026-12-01, 153 days after they were published.
  it.each([
    ['for an hour', 1 / 24, 'none'],
    ['for 23 hours', 23 / 24, 'none'],
    ['for a day', 1, 'amber'],
    ['for 5 days', 5, 'amber'],
    ['until 4 days before its end', 149, 'amber'],
    ['until 2 days before its end', 151, 'red'],
    ['beyond its end', 154, 'red'],
  ])('U11: a list whose source is out %s stays in force, and is told as it grows urgent', async (_how, days, urgency) => {
    answers.fr = undefined;
    now = later(days);
    await store.refresh();
    expect(sequences(store)).toEqual({ EU: 1, FR: 5 });
    expect(french()).toMatchObject({ state: 'stale', urgency });
    answers.fr = renderFrench({ sequence: 6, nextUpdate: '2027-06-01T00:00:00Z' });
    await store.refresh();
    expect(french()).toMatchObject({ state: 'ok', urgency: 'none', sequence: 6 });
  });

  it.each<[string, ServerPlan]>([
    ['self-signed', { selfSigned: true }],
    ['expired', { expired: true }],
    ['of another host', { certified: 'other.example' }],
  ])('U14: a list by a host whose certificate is %s is refused and told at once, however well it is signed', async (_what, plan) => {
    answers.fr = renderFrench({ sequence: 6 });
    await serve('fr', plan);
    now = later(1 / 24);
    await store.refresh();
    expect(sequences(store)).toEqual({ EU: 1, FR: 5 });
    expect(french()).toMatchObject({ state: 'stale', urgency: 'amber' });
    await serve('fr');
    await store.refresh();
    expect(sequences(store)).toEqual({ EU: 1, FR: 6 });
  });

  it.each([
    ['by plain HTTP', `http://${hosts.fr}/fr.xml`],
    ['to another port', `https://${hosts.fr}:8443/fr.xml`],
    ['with a user name', `https://user@${hosts.fr}/fr.xml`],
    ['to the metadata of a cloud', 'https://169.254.169.254/fr.xml'],
    ['to the loopback by number', 'https://2130706433/fr.xml'],
    ['to the loopback in IPv6', 'https://[::ffff:127.0.0.1]/fr.xml'],
    ['to a name of the inside', 'https://inside.example/fr.xml'],
    ['to a name of which one address is of the inside', 'https://half.example/fr.xml'],
    ['to a file', 'file:///etc/passwd'],
  ])('U15: a pointer %s is not followed, and told at once', async (_where, address) => {
    web.name('inside.example', ['10.0.0.5']);
    web.name('half.example', ['93.184.216.200', '127.0.0.1']);
    answers.lotl = renderTop(address, 2);
    web.reached.length = 0;
    now = later(1 / 24);
    await store.refresh();
    expect(sequences(store)).toEqual({ EU: 2, FR: 5 });
    expect(french()).toMatchObject({ state: 'stale', urgency: 'amber' });
    expect({ reached: web.reached.length, astray: web.astray() }).toEqual({ reached: 1, astray: 0 });
  });

  it('U15: a name that leads inside at its second answer is gone to at none but its first', async () => {
    const public_ = await serve('fr');
    web.name(hosts.fr, [public_], ['127.0.0.1']);
    answers.fr = renderFrench({ sequence: 6 });
    web.reached.length = 0;
    await store.refresh();
    expect(sequences(store)).toEqual({ EU: 1, FR: 6 });
    expect(web.reached).toContain(public_);
    expect(web.astray()).toBe(0);
    await store.refresh();
    expect(french()?.reason).toContain('refused address 127.0.0.1');
    expect(sequences(store)).toEqual({ EU: 1, FR: 6 });
  });
});

describe('a running bank', () => {
  const name = '<img src=x onerror=alert(1)></title><script>alert(2)';
  const escaped = '&lt;img src=x onerror=alert(1)>';
  let demo: RunningDemo;
  let world: TppWorld;
  let client: Enrolled;

  beforeAll(async () => {
    demo = await startDemo();
    world = openTppWorld(demo);
    client = await enroll(world, { organizationName: name });
  });
  afterAll(async () => {
    world?.close();
    await demo?.stop();
  });

  const identity = () => ({ path: client.qwac.path, key: client.qwac.key });

  function expectTextOnly(html: string): void {
    expect(html).not.toMatch(/<img src=x|<script>alert|<\/title><script/i);
    expect(html).toContain(escaped);
  }

  it.each([
    'certificate-check',
    'en/developers/registrations',
    'fr/developers/registrations',
  ])('U20: a name of the register that is HTML is text on the page %s', async (path) => {
    const url = `${demo.addresses.api}/demo-bank/${path}`;
    const answer = await sendOverTls({
      method: 'GET',
      url,
      ca: demo.ca,
      identity: identity(),
      headers: { accept: 'text/html' },
    });
    expect(answer.status).toBe(200);
    expectTextOnly(answer.text);
  });

  it('U20: and on every page that a payment service user sees', async () => {
    const metadata = await fetchServerMetadata(client.connection, world.bank);
    const redirectUri = redirectUriOf(client.party);
    const { url } = startAuthorization({ ...metadata, clientId: client.clientId, redirectUri, scope: 'aisp' });
    const seen: string[] = [];
    const connection = world.connect();
    const recording: typeof connection = {
      ...connection,
      send: async (request) => {
        const answer = await connection.send(request);
        if (`${answer.headers['content-type']}`.startsWith('text/html')) seen.push(answer.body.toString());
        return answer;
      },
    };
    const { pages } = await answerPages({
      browser: createBrowser(recording, redirectUri),
      authorizationUrl: url,
      psu: { user: 'camille' },
    });
    expect(pages).toHaveLength(3);
    expect(seen.length).toBeGreaterThan(3);
    for (const html of seen) expect(html).not.toMatch(/<img src=x|<script>alert|<\/title><script/i);
    expect(seen.some((html) => html.includes(escaped))).toBe(true);
  });

  it('U26: no status is asked to be stapled to the certificate of a third party: there is none to forge', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'stapled-'));
    const file = async (title: string, text: string) => {
      await writeFile(join(directory, title), text);
      return join(directory, title);
    };
    const { host, hostname } = new URL(demo.addresses.api);
    const parameters = [
      ...['s_client', '-connect', host, '-servername', hostname, '-tls1_3', '-trace', '-status'],
      ...['-cert', await file('cert.pem', client.qwac.path), '-cert_chain', await file('path.pem', client.qwac.path)],
      ...['-key', await file('key.pem', client.qwac.key), '-CAfile', await file('ca.pem', demo.ca)],
    ];
    const openssl = spawn('openssl', parameters, { stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    openssl.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    openssl.stdin.end();
    await once(openssl, 'close');
    await rm(directory, { recursive: true });
    const [, request = ''] = /\bCertificateRequest, Length(.*?)\n(?:Received|Sent) /s.exec(said) ?? [];
    expect(request).toContain('extension_type=signature_algorithms');
    expect(request).not.toContain('status_request');
    const [, certificate = ''] = /\bSent Record.*?\bCertificate, Length(.*?)CertificateVerify/s.exec(said) ?? [];
    expect(certificate).not.toBe('');
    expect(certificate).not.toContain('status_request');
  });

  it('U27: a node tells which lists and which register it judges by, in its health and in its figures', async () => {
    const datasets = async () => {
      const { datasets: told } = (await (await fetch(`${demo.addresses.management}/health/ready`)).json()) as {
        datasets: { name: string; version: string; checkedAt: string }[];
      };
      return new Map(told.map((each) => [each.name, each]));
    };
    const before = await datasets();
    expect([...before.keys()]).toEqual(['trusted lists', 'register']);
    const figures = await (await fetch(`${demo.addresses.management}/metrics`)).text();
    for (const [dataset, { version, checkedAt }] of before) {
      expect(version).toMatch(/^[0-9a-f]{64}/);
      expect(Date.parse(checkedAt)).toBeGreaterThan(0);
      expect(figures).toMatch(new RegExp(`postern_dataset_checked_seconds\\{dataset="${dataset}"\\} [1-9]`));
    }
    expect(figures).toMatch(/postern_dataset_info\{dataset="trusted lists",version="[0-9a-f]{64}"\} 1/);
    // A new organisation in the register is another version of it.
    await enroll(world);
    const after = await datasets();
    expect(after.get('register')?.version).not.toBe(before.get('register')?.version);
    expect(after.get('trusted lists')?.version).toBe(before.get('trusted lists')?.version);
  });
});
