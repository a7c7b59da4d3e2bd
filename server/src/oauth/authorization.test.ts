import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AuthorizationPages,
  endpoint,
  openAuthorizationPages,
  returned,
} from '../../../tests/material/authorization-pages.js';
import { eachStore } from '../../../tests/material/each-store.js';
import { realm } from '../../../tests/material/oauth-world.js';
import { accountsOf, formTokenOf, locationOf } from '../../../tests/material/psu-browser.js';

let pages: AuthorizationPages;

describe.each(eachStore)('authorization on %s', (_kind, open) => {
  beforeAll(async () => {
    pages = await openAuthorizationPages(open);
  }, 60_000);
  afterAll(() => pages.close());
  beforeEach(() => pages.reset());

  describe('the authorization endpoint', () => {
    it('leads through sign-in, second factor and consent back to the third party', async () => {
      const { page, agree, address } = await pages.reachConsent();
      expect(page.body).toContain('Name of PSDFR-ACPR-1');
      expect(page.body).toContain('App c1');
      const [first = ''] = accountsOf(page);
      const answer = returned(await agree([first]));
      expect(answer).toMatchObject({ place: 'https://tpp.example/cb', state: 's1', iss: realm.issuer });
      expect(answer['code']).toMatch(/^[\w-]{43}$/);
      const rows = await pages.world.database.query<{ accounts: string[]; scope: string }>(
        'select accounts, scope, expires_at from consent_grant',
      );
      expect(rows[0]).toMatchObject({ accounts: [first], scope: 'aisp', expires_at: new Date('2027-05-21T10:00:00Z') });
      const kinds = await pages.world.database.query<{ kind: string }>(
        `select kind from audit_event where detail->>'authorization' = $1 order by kind`,
        [address.split('/').at(-1)],
      );
      const path = ['consent-given', 'psu-authenticated', 'psu-signed-in'];
      expect(kinds.map(({ kind }) => kind)).toEqual(path);
      expect(pages.events.map(({ kind }) => kind)).toContain('authorization-started');
    });

    it('A29 gives one code, whatever is sent again', async () => {
      const { agree, browser, address, page } = await pages.reachConsent();
      const form = { form_token: formTokenOf(page), answer: 'agree', account: accountsOf(page) };
      const answers = await Promise.all(Array.from({ length: 10 }, () => browser.post(address, form)));
      expect(new Set(answers.map(locationOf))).toEqual(new Set([expect.stringMatching(/[?&]code=[\w-]{43}&/)]));
      expect((await browser.get(address)).status).toBe(404);
      expect((await agree()).status).toBe(404);
    });

    it('A41 sends back whoever refuses, on every page', async () => {
      const expected = { place: 'https://tpp.example/cb', error: 'access_denied', state: 's1', iss: realm.issuer };
      const atSignIn = await pages.begin();
      expect(returned(await atSignIn.submit({ answer: 'refuse' }))).toMatchObject(expected);
      const atCode = await pages.begin();
      await atCode.signIn();
      expect(returned(await atCode.submit({ answer: 'refuse' }))).toMatchObject(expected);
      const atConsent = await pages.reachConsent();
      expect(returned(await atConsent.submit({ answer: 'refuse' }))).toMatchObject(expected);
      expect((await atConsent.browser.get(atConsent.address)).status).toBe(404);
    });

    it('keeps the stage when the language is switched, and ui_locales chooses it', async () => {
      const { browser, address } = await pages.begin({ ui_locales: 'de fr-CA' });
      expect(address).toContain('/oauth2/fr/authorize/');
      expect((await browser.get(address)).body).toContain('lang="fr"');
      const psu = await pages.begin();
      await psu.signIn();
      const french = await psu.browser.get(psu.address.replace('/en/', '/fr/'));
      expect(french.body).toContain('lang="fr"');
      expect(french.body).toContain('name="code"');
    });

    it('binds one cookie to several authorizations of a browser', async () => {
      const browser = pages.newBrowser();
      const first = await pages.begin({}, browser);
      const [cookie] = [...browser.cookies.values()];
      const second = await pages.begin({ state: 'other' }, browser);
      expect([...browser.cookies.values()]).toEqual([cookie]);
      expect((await first.signIn()).status).toBe(303);
      expect(returned(await second.submit({ answer: 'refuse' }))).toMatchObject({ state: 'other' });
    });

    it('tells the PSU when an authorization is of another browser, or none (A25)', async () => {
      const { address } = await pages.begin();
      const other = (await pages.begin()).browser;
      expect((await other.get(address)).status).toBe(404);
      expect((await pages.newBrowser().get(address)).status).toBe(404);
      expect((await other.get(`${endpoint}/01938000-0000-7000-8000-000000000001`)).status).toBe(404);
      expect((await other.get(`${endpoint}/%00`)).status).toBe(404);
    });
  });

  describe('the authorization request', () => {
    const page = async (text: string) => {
      const answer = await pages.newBrowser().get(`${endpoint}?${text}`);
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
      expect(await page(pages.query(change))).toBeGreaterThanOrEqual(400);
    });

    it('A11 is a page when client_id or redirect_uri stand twice', async () => {
      expect(await page(`${pages.query()}&client_id=c1`)).toBe(400);
      expect(await page(`${pages.query()}&redirect_uri=x`)).toBe(400);
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
      const answer = returned(await pages.newBrowser().get(`${endpoint}?${pages.query(change)}`));
      expect(answer).toMatchObject({ place: 'https://tpp.example/cb', error, state: 's1', iss: realm.issuer });
      expect(answer['error_description']).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
      expect(pages.events.map(({ kind, clientId }) => [kind, clientId])).toEqual([['request-refused', 'c1']]);
    });

    it('A10 asks for no more than is registered, A11 and for nothing twice', async () => {
      const beyond = await pages
        .newBrowser()
        .get(`${endpoint}?${pages.query({ client_id: 'c2', redirect_uri: 'https://two.example/b', scope: 'cbpii' })}`);
      expect(returned(beyond)).toMatchObject({ error: 'invalid_scope' });
      const twice = await pages.newBrowser().get(`${endpoint}?${pages.query()}&scope=aisp`);
      expect(returned(twice)).toMatchObject({ error: 'invalid_request', state: 's1' });
      const statesTwice = returned(await pages.newBrowser().get(`${endpoint}?${pages.query()}&state=s2`));
      expect(statesTwice).toMatchObject({ error: 'invalid_request' });
      expect(statesTwice['state']).toBeUndefined();
    });

    it('A3 answers to the only address that is registered, A13 with the state byte for byte', async () => {
      const state = 'a b+c%&=\r\n<b>"é😀';
      const psu = await pages.begin({ redirect_uri: undefined, state });
      const location = locationOf(await psu.submit({ answer: 'refuse' }));
      expect(new URL(location).searchParams.get('state')).toBe(state);
      expect(location).toMatch(/^https:\/\/tpp\.example\/cb\?[\x21-\x7e]+$/);
    });

    it('A13 returns no state that is too long, and says why', async () => {
      const answer = returned(await pages.newBrowser().get(`${endpoint}?${pages.query({ state: 'x'.repeat(2_049) })}`));
      expect(answer).toMatchObject({ error: 'invalid_request' });
      expect(answer['state']).toBeUndefined();
      expect((await pages.begin({ state: 'x'.repeat(2_048) })).address).toContain(endpoint);
    });

    it('keeps the query of a registered address', async () => {
      const psu = await pages.begin({ client_id: 'c2', redirect_uri: 'https://two.example/a?x=1' });
      expect(locationOf(await psu.submit({ answer: 'refuse' }))).toMatch(
        /^https:\/\/two\.example\/a\?x=1&error=access_denied&/,
      );
    });

    it('refuses a client without the grant type and an organisation that lost its authorisation', async () => {
      expect(returned(await pages.newBrowser().get(`${endpoint}?${pages.query({ client_id: 'c3' })}`))).toMatchObject({
        error: 'unauthorized_client',
      });
      pages.active = false;
      expect(returned(await pages.newBrowser().get(`${endpoint}?${pages.query()}`))).toMatchObject({
        error: 'unauthorized_client',
      });
    });

    it('gives no code to an organisation that loses its authorisation meanwhile', async () => {
      const { agree } = await pages.reachConsent();
      pages.active = false;
      expect(returned(await agree())).toMatchObject({ error: 'unauthorized_client', state: 's1' });
    });
  });
});
