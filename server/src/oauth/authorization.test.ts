import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eachStore } from '../../../tests/material/each-store.js';
import { type OauthWorld, openOauthWorld, realm } from '../../../tests/material/oauth-world.js';
import {
  accountsOf,
  type BrowserAnswer,
  codesOf,
  createPsuBrowser,
  type FormFields,
  formTokenOf,
  locationOf,
  type PsuBrowser,
} from '../../../tests/material/psu-browser.js';
import type { AuditEvent } from '../audit/audit-event.js';
import { phoneAddress, phoneRoutes } from '../bank/phone-routes.js';
import type { Config } from '../config.js';
import { createApplication } from '../http/create-application.js';
import { createPageDialect } from '../http/render-page-refusal.js';
import { createSite } from '../http/site.js';
import { webSecurityHeaders } from '../http/web-security-headers.js';
import { authorizationRoutes } from './authorization-routes.js';

const codeChallenge = createHash('sha256').update('v'.repeat(64)).digest('base64url');
const one = 'PSDFR-ACPR-1';
const endpoint = '/demo-bank/oauth2/en/authorize';
const wish = {
  response_type: 'code',
  client_id: 'c1',
  redirect_uri: 'https://tpp.example/cb',
  scope: 'aisp',
  state: 's1',
  code_challenge: codeChallenge,
  code_challenge_method: 'S256',
};

let world: OauthWorld;
let app: FastifyInstance;
let active: boolean;
let events: AuditEvent[];

function openApplication(): FastifyInstance {
  const brand = { ...realm.brand, color: '#00558c' };
  const site = createSite({ installation: { name: 'Test', demo: false }, brands: [brand] } as unknown as Config);
  const audit = {
    append: (event: AuditEvent) => void events.push(event),
    appendDecision: () => undefined,
    writable: true,
    close: async () => undefined,
  };
  const application = createApplication({
    serverFactory: (listener) => createServer(listener),
    logger: pino({ level: 'silent' }),
    clock: () => world.now,
    audit,
    documentation: 'https://www.bank.example/errors',
    render: createPageDialect(site, [realm]),
    onAnswer: () => undefined,
    securityHeaders: webSecurityHeaders,
  });
  const { database, bank, tokens } = world;
  phoneRoutes(application, realm, { site, database, bank });
  authorizationRoutes(application, realm, {
    database,
    audit,
    site,
    bank,
    tokens,
    clock: () => world.now,
    organizationActive: () => active,
    simulation: { demoUsers: bank.demoUsers, phoneAddress: (lang, psu) => phoneAddress(realm, lang, psu) },
  });
  return application;
}

const newBrowser = () =>
  createPsuBrowser(async ({ method, target, headers, body }) => {
    const answer = await app.inject({ method, url: target, headers, ...(body === undefined ? {} : { payload: body }) });
    return { status: answer.statusCode, headers: answer.headers as BrowserAnswer['headers'], body: answer.body };
  });

const query = (change: Readonly<Record<string, string | undefined>> = {}) => {
  const all = Object.entries({ ...wish, ...change }).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return new URLSearchParams(all).toString();
};

/** The clock stands still, so that messages have no order: only one is there at a time. */
const clearPhones = () => world.database.query('delete from simulated_message');

/** A PSU in front of the first page. */
async function begin(change: Readonly<Record<string, string | undefined>> = {}, browser: PsuBrowser = newBrowser()) {
  const address = locationOf(await browser.get(`${endpoint}?${query(change)}`));
  const submit = async (form: FormFields) =>
    browser.post(address, { form_token: formTokenOf(await browser.get(address)), ...form });
  const signIn = async (user = 'camille', password = 'camille-demo') => {
    await clearPhones();
    return submit({ answer: 'continue', user, password });
  };
  const phone = async () => codesOf(await newBrowser().get(phoneAddress(realm, 'en', 'camille')))[0] ?? '';
  const confirm = async (code?: string) => submit({ answer: 'continue', code: code ?? (await phone()) });
  return { browser, address, submit, signIn, confirm, phone };
}

/** A PSU in front of the accounts. */
async function reachConsent(change: Readonly<Record<string, string | undefined>> = {}) {
  const psu = await begin(change);
  await psu.signIn();
  expect((await psu.confirm()).status).toBe(303);
  const page = await psu.browser.get(psu.address);
  const agree = (accounts: readonly string[] = accountsOf(page)) => psu.submit({ answer: 'agree', account: accounts });
  return { ...psu, page, agree };
}

const returned = (answer: BrowserAnswer) => {
  expect(answer.status).toBe(303);
  const url = new URL(locationOf(answer));
  return { place: `${url.origin}${url.pathname}`, ...Object.fromEntries(url.searchParams) } as Record<string, string>;
};

describe.each(eachStore)('authorization on %s', (_kind, open) => {
  beforeAll(async () => {
    world = await openOauthWorld(open);
    await world.addClient({ clientId: 'c1', organization: one });
    await world.addClient({
      clientId: 'c2',
      organization: 'PSDFR-ACPR-2',
      scope: 'aisp',
      change: { redirect_uris: ['https://two.example/a?x=1', 'https://two.example/b'] },
    });
    await world.addClient({
      clientId: 'c3',
      organization: one,
      change: { grant_types: ['client_credentials'], scope: 'pisp' },
    });
    app = openApplication();
  }, 60_000);
  afterAll(async () => {
    await app.close();
    await world.close();
  });
  beforeEach(async () => {
    world.now = new Date('2026-11-22T10:00:00Z');
    active = true;
    events = [];
    await world.database.query('delete from psu_failure');
  });

  describe('the authorization endpoint', () => {
    it('leads through sign-in, second factor and consent back to the third party', async () => {
      const { page, agree, address } = await reachConsent();
      expect(page.body).toContain('Name of PSDFR-ACPR-1');
      expect(page.body).toContain('App c1');
      const [first = ''] = accountsOf(page);
      const answer = returned(await agree([first]));
      expect(answer).toMatchObject({ place: 'https://tpp.example/cb', state: 's1', iss: realm.issuer });
      expect(answer['code']).toMatch(/^[\w-]{43}$/);
      const rows = await world.database.query<{ accounts: string[]; scope: string }>(
        'select accounts, scope, expires_at from consent_grant',
      );
      expect(rows[0]).toMatchObject({ accounts: [first], scope: 'aisp', expires_at: new Date('2027-05-21T10:00:00Z') });
      const kinds = await world.database.query<{ kind: string }>(
        `select kind from audit_event where detail->>'authorization' = $1 order by kind`,
        [address.split('/').at(-1)],
      );
      const path = ['authorization-started', 'consent-given', 'psu-authenticated', 'psu-signed-in'];
      expect(kinds.map(({ kind }) => kind)).toEqual(path);
    });

    it('A29 gives one code, whatever is sent again', async () => {
      const { agree, browser, address, page } = await reachConsent();
      const form = { form_token: formTokenOf(page), answer: 'agree', account: accountsOf(page) };
      const answers = await Promise.all(Array.from({ length: 10 }, () => browser.post(address, form)));
      expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array<number>(9).fill(404)]);
      expect((await browser.get(address)).status).toBe(404);
      expect((await agree()).status).toBe(404);
    });

    it('A41 sends back whoever refuses, on every page', async () => {
      const expected = { place: 'https://tpp.example/cb', error: 'access_denied', state: 's1', iss: realm.issuer };
      const atSignIn = await begin();
      expect(returned(await atSignIn.submit({ answer: 'refuse' }))).toMatchObject(expected);
      const atCode = await begin();
      await atCode.signIn();
      expect(returned(await atCode.submit({ answer: 'refuse' }))).toMatchObject(expected);
      const atConsent = await reachConsent();
      expect(returned(await atConsent.submit({ answer: 'refuse' }))).toMatchObject(expected);
      expect((await atConsent.browser.get(atConsent.address)).status).toBe(404);
    });

    it('keeps the stage when the language is switched, and ui_locales chooses it', async () => {
      const { browser, address } = await begin({ ui_locales: 'de fr-CA' });
      expect(address).toContain('/oauth2/fr/authorize/');
      expect((await browser.get(address)).body).toContain('lang="fr"');
      const psu = await begin();
      await psu.signIn();
      const french = await psu.browser.get(psu.address.replace('/en/', '/fr/'));
      expect(french.body).toContain('lang="fr"');
      expect(french.body).toContain('name="code"');
    });

    it('binds one cookie to several authorizations of a browser', async () => {
      const browser = newBrowser();
      const first = await begin({}, browser);
      const [cookie] = [...browser.cookies.values()];
      const second = await begin({ state: 'other' }, browser);
      expect([...browser.cookies.values()]).toEqual([cookie]);
      expect((await first.signIn()).status).toBe(303);
      expect(returned(await second.submit({ answer: 'refuse' }))).toMatchObject({ state: 'other' });
    });

    it('tells the PSU when an authorization is of another browser, or none (A25)', async () => {
      const { address } = await begin();
      const other = (await begin()).browser;
      expect((await other.get(address)).status).toBe(404);
      expect((await newBrowser().get(address)).status).toBe(404);
      expect((await other.get(`${endpoint}/01938000-0000-7000-8000-000000000001`)).status).toBe(404);
      expect((await other.get(`${endpoint}/%00`)).status).toBe(404);
    });
  });

  describe('the authorization request', () => {
    const page = async (text: string) => {
      const answer = await newBrowser().get(`${endpoint}?${text}`);
      expect(answer.headers['location']).toBeUndefined();
      expect(answer.headers['content-type']).toContain('text/html');
      return answer.status;
    };

    it.each<[string, Readonly<Record<string, string | undefined>>]>([
      ['A1 client_id unknown', { client_id: 'nobody' }],
      ['A1 client_id missing', { client_id: undefined }],
      ['A1 client_id with NUL', { client_id: 'c1\0' }],
      ['A2 another case', { redirect_uri: 'https://TPP.example/cb' }],
      ['A2 a slash more', { redirect_uri: 'https://tpp.example/cb/' }],
      ['A2 a query more', { redirect_uri: 'https://tpp.example/cb?a=1' }],
      ['A2 a port', { redirect_uri: 'https://tpp.example:443/cb' }],
      ['A2 an encoded slash', { redirect_uri: 'https://tpp.example/%2Fcb' }],
      ['A2 a subdomain', { redirect_uri: 'https://a.tpp.example/cb' }],
      ['A2 two slashes', { redirect_uri: 'https://tpp.example//cb' }],
      ['A2 of another client', { redirect_uri: 'https://two.example/b' }],
      ['A3 missing with several registered', { client_id: 'c2', redirect_uri: undefined }],
      ['A4 loopback with any port', { redirect_uri: 'http://127.0.0.1:1/cb' }],
    ])('is a page, never a redirection: %s', async (_title, change) => {
      expect(await page(query(change))).toBeGreaterThanOrEqual(400);
    });

    it('A11 is a page when client_id or redirect_uri stand twice', async () => {
      expect(await page(`${query()}&client_id=c1`)).toBe(400);
      expect(await page(`${query()}&redirect_uri=x`)).toBe(400);
    });

    it.each<[string, Readonly<Record<string, string | undefined>>, string]>([
      ['A5 response_type missing', { response_type: undefined }, 'invalid_request'],
      ['A5 token', { response_type: 'token' }, 'unsupported_response_type'],
      ['A5 code id_token', { response_type: 'code id_token' }, 'unsupported_response_type'],
      ['A7 no challenge', { code_challenge: undefined }, 'invalid_request'],
      ['A8 plain', { code_challenge_method: 'plain' }, 'invalid_request'],
      ['A8 no method', { code_challenge_method: undefined }, 'invalid_request'],
      ['A9 short challenge', { code_challenge: 'a'.repeat(42) }, 'invalid_request'],
      ['A9 challenge with other characters', { code_challenge: '+'.repeat(43) }, 'invalid_request'],
      ['A10 no scope', { scope: undefined }, 'invalid_scope'],
      ['A10 scope unknown', { scope: 'openid' }, 'invalid_scope'],
      ['pisp without a payment', { scope: 'pisp' }, 'invalid_scope'],
      ['response_mode fragment', { response_mode: 'fragment' }, 'invalid_request'],
      ['A14 request', { request: 'x' }, 'request_not_supported'],
      ['A14 request_uri', { request_uri: 'http://169.254.169.254/' }, 'request_uri_not_supported'],
    ])('goes back to the third party: %s', async (_title, change, error) => {
      const answer = returned(await newBrowser().get(`${endpoint}?${query(change)}`));
      expect(answer).toMatchObject({ place: 'https://tpp.example/cb', error, state: 's1', iss: realm.issuer });
      expect(answer['error_description']).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
      expect(events.map(({ kind, clientId }) => [kind, clientId])).toEqual([['request-refused', 'c1']]);
    });

    it('A10 asks for no more than is registered, A11 and for nothing twice', async () => {
      const beyond = await newBrowser().get(
        `${endpoint}?${query({ client_id: 'c2', redirect_uri: 'https://two.example/b', scope: 'cbpii' })}`,
      );
      expect(returned(beyond)).toMatchObject({ error: 'invalid_scope' });
      const twice = await newBrowser().get(`${endpoint}?${query()}&scope=aisp`);
      expect(returned(twice)).toMatchObject({ error: 'invalid_request', state: 's1' });
      const statesTwice = returned(await newBrowser().get(`${endpoint}?${query()}&state=s2`));
      expect(statesTwice).toMatchObject({ error: 'invalid_request' });
      expect(statesTwice['state']).toBeUndefined();
    });

    it('A3 answers to the only address that is registered, A13 with the state byte for byte', async () => {
      const state = 'a b+c%&=\r\n<b>"é😀';
      const psu = await begin({ redirect_uri: undefined, state });
      const location = locationOf(await psu.submit({ answer: 'refuse' }));
      expect(new URL(location).searchParams.get('state')).toBe(state);
      expect(location).toMatch(/^https:\/\/tpp\.example\/cb\?[\x21-\x7e]+$/);
    });

    it('A13 returns no state that is too long, and says why', async () => {
      const answer = returned(await newBrowser().get(`${endpoint}?${query({ state: 'x'.repeat(2_049) })}`));
      expect(answer).toMatchObject({ error: 'invalid_request' });
      expect(answer['state']).toBeUndefined();
      expect((await begin({ state: 'x'.repeat(2_048) })).address).toContain(endpoint);
    });

    it('keeps the query of a registered address', async () => {
      const psu = await begin({ client_id: 'c2', redirect_uri: 'https://two.example/a?x=1' });
      expect(locationOf(await psu.submit({ answer: 'refuse' }))).toMatch(
        /^https:\/\/two\.example\/a\?x=1&error=access_denied&/,
      );
    });

    it('refuses a client without the grant type and an organisation that lost its authorisation', async () => {
      expect(returned(await newBrowser().get(`${endpoint}?${query({ client_id: 'c3' })}`))).toMatchObject({
        error: 'unauthorized_client',
      });
      active = false;
      expect(returned(await newBrowser().get(`${endpoint}?${query()}`))).toMatchObject({
        error: 'unauthorized_client',
      });
    });

    it('gives no code to an organisation that loses its authorisation meanwhile', async () => {
      const { agree } = await reachConsent();
      active = false;
      expect(returned(await agree())).toMatchObject({ error: 'unauthorized_client', state: 's1' });
    });
  });

  describe('the pages', () => {
    it('A20 A22 A31 A43 A44 carry the headers that protect them', async () => {
      const browser = newBrowser();
      const start = await browser.get(`${endpoint}?${query()}`);
      expect(start.status).toBe(303);
      expect(String(start.headers['set-cookie'])).toMatch(
        /^__Host-postern-authorization=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/,
      );
      const page = await browser.get(locationOf(start));
      const policy = String(page.headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("form-action 'self' https://tpp.example;");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(page.headers).toMatchObject({
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(page.body).not.toMatch(/<script|style=|https?:\/\/(?!www\.w3)/);
    });

    it('A43 open as pages of their own only', async () => {
      const { browser, address } = await begin();
      for (const destination of ['iframe', 'image', 'script', 'empty']) {
        expect((await browser.get(address, { 'sec-fetch-dest': destination })).status).toBe(403);
        expect((await browser.get(`${endpoint}?${query()}`, { 'sec-fetch-dest': destination })).status).toBe(403);
      }
      expect(
        (await browser.get(address, { 'sec-fetch-dest': 'document', 'sec-fetch-site': 'cross-site' })).status,
      ).toBe(200);
    });

    it('A23 take no form but their own', async () => {
      const { browser, address, submit } = await begin();
      const other = await begin();
      const stranger = formTokenOf(await other.browser.get(other.address));
      const own = formTokenOf(await browser.get(address));
      const form = { answer: 'refuse' };
      expect((await browser.post(address, form)).status).toBe(403);
      expect((await browser.post(address, { ...form, form_token: stranger })).status).toBe(403);
      expect((await browser.post(address, { ...form, form_token: `${own}A` })).status).toBe(403);
      const foreign = { origin: 'https://evil.example' };
      expect((await browser.post(address, { ...form, form_token: own }, foreign)).status).toBe(403);
      expect(
        (await browser.post(address, { ...form, form_token: own }, { 'sec-fetch-site': 'cross-site' })).status,
      ).toBe(403);
      expect((await browser.post(address, { ...form, form_token: own }, { 'content-type': 'text/plain' })).status).toBe(
        415,
      );
      expect((await browser.get(`${address}?answer=agree&form_token=${own}`)).status).toBe(200);
      const ours = {
        origin: 'https://www.bank.example',
        'sec-fetch-site': 'same-origin',
        'sec-fetch-dest': 'document',
      };
      expect(
        (await browser.post(address, { answer: 'continue', user: '', password: '', form_token: own }, ours)).status,
      ).toBe(422);
      expect((await submit({ answer: 'agree' })).status).toBe(403);
      expect(returned(await browser.post(address, { ...form, form_token: own }, { origin: 'null' }))).toMatchObject({
        error: 'access_denied',
      });
    });

    it('lead on from a page that is behind', async () => {
      const psu = await begin();
      const old = formTokenOf(await psu.browser.get(psu.address));
      await psu.signIn();
      const answer = await psu.browser.post(psu.address, { form_token: old, answer: 'refuse' });
      expect([answer.status, locationOf(answer)]).toEqual([303, psu.address]);
      expect((await psu.browser.get(psu.address)).body).toContain('name="code"');
    });

    it('A35 A16 escape whatever they are given', async () => {
      const hostile = '<img src=x onerror=alert(1)>';
      await world.addClient({ clientId: 'hostile', organization: one, change: { client_name: hostile } });
      const { browser, address, submit } = await begin({ client_id: 'hostile', login_hint: hostile, prompt: hostile });
      expect((await browser.get(address)).body).not.toContain('<img src=x');
      expect((await submit({ answer: 'continue', user: hostile, password: 'x' })).body).not.toContain('<img src=x');
    });

    it('answer other methods with 405', async () => {
      const answer = await app.inject({ method: 'PUT', url: endpoint });
      expect([answer.statusCode, answer.headers['allow']]).toEqual([405, 'GET']);
      const posted = await app.inject({ method: 'POST', url: endpoint });
      expect([posted.statusCode, posted.headers['allow']]).toEqual([405, 'GET']);
    });
  });

  describe('strong customer authentication', () => {
    it('A34 says the same of a wrong password and of a name that is nobody’s', async () => {
      const one_ = await begin();
      const wrong = await one_.signIn('camille', 'wrong');
      const two = await begin();
      const nobody = await two.signIn('nobody', 'wrong');
      const plain = (answer: BrowserAnswer, id: string, name: string) =>
        answer.body.replaceAll(id, '').replaceAll(name, '').replaceAll(formTokenOf(answer), '');
      expect(wrong.status).toBe(422);
      expect(plain(wrong, one_.address, 'value="camille"').replaceAll(one_.address.replace('/en/', '/fr/'), '')).toBe(
        plain(nobody, two.address, 'value="nobody"').replaceAll(two.address.replace('/en/', '/fr/'), ''),
      );
    });

    it('A32 ends after five failures and blocks for a while', async () => {
      const psu = await begin();
      for (let attempt = 1; attempt < 5; attempt += 1) expect((await psu.signIn('camille', 'wrong')).status).toBe(422);
      expect(returned(await psu.signIn('camille', 'wrong'))).toMatchObject({ error: 'access_denied', state: 's1' });
      const next = await begin();
      expect(returned(await next.signIn())).toMatchObject({ error: 'access_denied' });
      expect((await (await begin()).signIn('noam', 'noam-demo')).status).toBe(303);
      world.advance(15 * 60);
      expect((await (await begin()).signIn()).status).toBe(303);
    });

    it('A33 counts per PSU across browsers, both factors together, and no spelling gives more', async () => {
      const spellings = ['camille', 'CAMILLE', ' Camille '];
      for (const user of spellings) expect((await (await begin()).signIn(user, 'wrong')).status).toBe(422);
      const psu = await begin();
      await psu.signIn();
      expect((await psu.confirm('000000 wrong')).status).toBe(422);
      const another = await begin();
      await another.signIn();
      expect(returned(await another.confirm('wrong'))).toMatchObject({ error: 'access_denied' });
      expect(returned(await psu.confirm())).toMatchObject({ error: 'access_denied' });
    });

    it('A33 looks at five attempts of many that come at once', async () => {
      const browsers = await Promise.all(Array.from({ length: 20 }, () => begin()));
      const answers = await Promise.all(browsers.map(({ signIn }) => signIn('camille', 'wrong')));
      const failed = await world.database.query<{ count: number }>(
        `select count(*)::int as count from audit_event where kind = 'psu-sign-in-failed' and at = $1`,
        [world.now],
      );
      expect(answers.filter(({ status }) => status === 422).length).toBeLessThan(5);
      expect(failed[0]?.count ?? 0).toBeGreaterThan(0);
      expect(returned(await (await begin()).signIn())).toMatchObject({ error: 'access_denied' });
    });

    it('forgets failures after a whole authentication', async () => {
      for (let attempt = 0; attempt < 4; attempt += 1) await (await begin()).signIn('camille', 'wrong');
      await reachConsent();
      for (let attempt = 0; attempt < 4; attempt += 1)
        expect((await (await begin()).signIn('camille', 'wrong')).status).toBe(422);
    });

    it('uses a code once, for five minutes, in its own authorization', async () => {
      const one_ = await begin();
      await one_.signIn();
      const code = await one_.phone();
      const two = await begin();
      await two.signIn();
      expect((await two.confirm(code)).status).toBe(422);
      world.advance(299);
      expect((await one_.browser.get(one_.address)).status).toBe(200);
      world.advance(1);
      await clearPhones();
      const late = await one_.confirm(code);
      expect([late.status, late.body.includes('too old')]).toEqual([422, true]);
      expect((await one_.confirm()).status).toBe(303);
      const stored = JSON.stringify(await world.database.query('select code_hash from authorization_request'));
      expect(stored).not.toContain(code);
    });

    it('names who asks in the message', async () => {
      await (await begin()).signIn();
      expect((await newBrowser().get(phoneAddress(realm, 'en', 'camille'))).body).toContain('Name of PSDFR-ACPR-1');
      expect((await newBrowser().get(phoneAddress(realm, 'en', 'nobody'))).status).toBe(404);
    });

    it('A32 ends after five minutes without a sign, and sends the PSU back', async () => {
      const shown = await reachConsent();
      expect(shown.page.headers['refresh']).toBe(`301; url=${shown.address}`);
      world.advance(301);
      expect(returned(await shown.browser.get(shown.address))).toMatchObject({ error: 'access_denied', state: 's1' });
      const posted = await reachConsent();
      const token = formTokenOf(posted.page);
      world.advance(301);
      const answer = await posted.browser.post(posted.address, {
        form_token: token,
        answer: 'agree',
        account: accountsOf(posted.page),
      });
      expect(returned(answer)).toMatchObject({ error: 'access_denied' });
      expect((await posted.browser.get(posted.address)).status).toBe(404);
    });

    it('ends after half an hour, however busy the PSU is', async () => {
      const { browser, address } = await begin();
      for (let minutes = 0; minutes < 30; minutes += 4) {
        expect((await browser.get(address)).status).toBe(200);
        world.advance(240);
      }
      expect(returned(await browser.get(address))).toMatchObject({ error: 'access_denied' });
    });

    it('A26 A27 grants only the PSU’s own accounts, and what was asked, not what the form says', async () => {
      const { agree, submit, page } = await reachConsent();
      const [noams = ''] = (await world.bank.accounts('noam')).map(({ resourceId }) => resourceId);
      expect((await agree([noams])).status).toBe(403);
      expect(events.map(({ kind, code }) => [kind, code])).toContainEqual(['request-refused', 'FORM_REJECTED']);
      expect((await agree([])).status).toBe(422);
      const [first = ''] = accountsOf(page);
      const forged = {
        answer: 'agree',
        account: [first, first],
        scope: 'pisp',
        psu: 'noam',
        redirect_uri: 'https://evil.example/',
      };
      expect(returned(await submit(forged))).toMatchObject({ place: 'https://tpp.example/cb' });
      const rows = await world.database.query<{ psu: string; scope: string; accounts: string[] }>(
        'select psu, scope, accounts from consent_grant where accounts = $1',
        [JSON.stringify([first])],
      );
      expect(rows).toContainEqual({ psu: 'camille', scope: 'aisp', accounts: [first] });
    });
  });
});
