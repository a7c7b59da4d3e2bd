import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AuthorizationPages,
  endpoint,
  openAuthorizationPages,
  returned,
} from '../../../tests/material/authorization-pages.js';
import { eachStore } from '../../../tests/material/each-store.js';
import { realm } from '../../../tests/material/oauth-world.js';
import { accountsOf, type BrowserAnswer, formTokenOf, locationOf } from '../../../tests/material/psu-browser.js';
import { phoneAddress } from '../bank/phone-routes.js';

const one = 'PSDFR-ACPR-1';

let pages: AuthorizationPages;

describe.each(eachStore)('authorization pages on %s', (_kind, open) => {
  beforeAll(async () => {
    pages = await openAuthorizationPages(open);
  }, 60_000);
  afterAll(() => pages.close());
  beforeEach(() => pages.reset());

  describe('the pages', () => {
    it('A20 A22 A31 A43 A44 carry the headers that protect them', async () => {
      const browser = pages.newBrowser();
      const start = await browser.get(`${endpoint}?${pages.query()}`);
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
      const { browser, address } = await pages.begin();
      for (const destination of ['iframe', 'image', 'script', 'empty']) {
        expect((await browser.get(address, { 'sec-fetch-dest': destination })).status).toBe(403);
        expect((await browser.get(`${endpoint}?${pages.query()}`, { 'sec-fetch-dest': destination })).status).toBe(403);
      }
      expect(
        (await browser.get(address, { 'sec-fetch-dest': 'document', 'sec-fetch-site': 'cross-site' })).status,
      ).toBe(200);
    });

    it('A23 take no form but their own', async () => {
      const { browser, address, submit } = await pages.begin();
      const other = await pages.begin();
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
      const psu = await pages.begin();
      const old = formTokenOf(await psu.browser.get(psu.address));
      await psu.signIn();
      const answer = await psu.browser.post(psu.address, { form_token: old, answer: 'refuse' });
      expect([answer.status, locationOf(answer)]).toEqual([303, psu.address]);
      expect((await psu.browser.get(psu.address)).body).toContain('name="code"');
    });

    it('A35 A16 escape whatever they are given', async () => {
      const hostile = '<img src=x onerror=alert(1)>';
      await pages.world.addClient({ clientId: 'hostile', organization: one, change: { client_name: hostile } });
      const { browser, address, submit } = await pages.begin({
        client_id: 'hostile',
        login_hint: hostile,
        prompt: hostile,
      });
      expect((await browser.get(address)).body).not.toContain('<img src=x');
      expect((await submit({ answer: 'continue', user: hostile, password: 'x' })).body).not.toContain('<img src=x');
    });

    it('answer other methods with 405', async () => {
      const answer = await pages.app.inject({ method: 'PUT', url: endpoint });
      expect([answer.statusCode, answer.headers['allow']]).toEqual([405, 'GET']);
      const posted = await pages.app.inject({ method: 'POST', url: endpoint });
      expect([posted.statusCode, posted.headers['allow']]).toEqual([405, 'GET']);
    });
  });

  describe('strong customer authentication', () => {
    it('A34 says the same of a wrong password and of a name that is nobody’s', async () => {
      const one_ = await pages.begin();
      const wrong = await one_.signIn('camille', 'wrong');
      const two = await pages.begin();
      const nobody = await two.signIn('nobody', 'wrong');
      const plain = (answer: BrowserAnswer, id: string, name: string) =>
        answer.body.replaceAll(id, '').replaceAll(name, '').replaceAll(formTokenOf(answer), '');
      expect(wrong.status).toBe(422);
      expect(plain(wrong, one_.address, 'value="camille"').replaceAll(one_.address.replace('/en/', '/fr/'), '')).toBe(
        plain(nobody, two.address, 'value="nobody"').replaceAll(two.address.replace('/en/', '/fr/'), ''),
      );
    });

    it('A32 ends after five failures and blocks for a while', async () => {
      const psu = await pages.begin();
      for (let attempt = 1; attempt < 5; attempt += 1) expect((await psu.signIn('camille', 'wrong')).status).toBe(422);
      expect(returned(await psu.signIn('camille', 'wrong'))).toMatchObject({ error: 'access_denied', state: 's1' });
      const next = await pages.begin();
      expect(returned(await next.signIn())).toMatchObject({ error: 'access_denied' });
      expect((await (await pages.begin()).signIn('noam', 'noam-demo')).status).toBe(303);
      pages.world.advance(15 * 60);
      expect((await (await pages.begin()).signIn()).status).toBe(303);
    });

    it('A33 counts per PSU across browsers, both factors together, and no spelling gives more', async () => {
      const spellings = ['camille', 'CAMILLE', ' Camille '];
      for (const user of spellings) expect((await (await pages.begin()).signIn(user, 'wrong')).status).toBe(422);
      const psu = await pages.begin();
      await psu.signIn();
      expect((await psu.confirm('000000 wrong')).status).toBe(422);
      const another = await pages.begin();
      await another.signIn();
      expect(returned(await another.confirm('wrong'))).toMatchObject({ error: 'access_denied' });
      expect(returned(await psu.confirm())).toMatchObject({ error: 'access_denied' });
    });

    it('A33 lets a stranger who guesses at the password lock nobody out who is elsewhere', async () => {
      const guess = async (from: string) => (await pages.begin({}, pages.newBrowser(from))).signIn('camille', 'wrong');
      const psu = await pages.begin();
      await psu.signIn();
      const code = await psu.phone();
      for (let attempt = 0; attempt < 8; attempt += 1) await guess('192.0.2.1');
      expect(returned(await guess('192.0.2.1'))).toMatchObject({ error: 'access_denied' });
      expect((await (await pages.begin()).signIn()).status).toBe(303);
      for (let host = 2; host < 7; host += 1)
        for (let attempt = 0; attempt < 5; attempt += 1) await guess(`192.0.2.${host}`);
      expect(returned(await (await pages.begin()).signIn())).toMatchObject({ error: 'access_denied' });
      expect((await psu.confirm(code)).status).toBe(303);
    });

    it('A33 counts wrong codes of a PSU wherever they come from', async () => {
      for (let host = 1; host <= 5; host += 1) {
        const psu = await pages.begin({}, pages.newBrowser(`192.0.2.${host}`));
        await psu.signIn();
        expect((await psu.confirm('wrong')).status).toBe(host < 5 ? 422 : 303);
      }
      const next = await pages.begin({}, pages.newBrowser('192.0.2.9'));
      await next.signIn();
      expect(returned(await next.confirm())).toMatchObject({ error: 'access_denied' });
    });

    it('A33 looks at five attempts of many that come at once', async () => {
      const browsers = await Promise.all(Array.from({ length: 20 }, () => pages.begin()));
      const answers = await Promise.all(browsers.map(({ signIn }) => signIn('camille', 'wrong')));
      const failed = await pages.world.database.query<{ count: number }>(
        `select count(*)::int as count from audit_event where kind = 'psu-sign-in-failed' and at = $1`,
        [pages.world.now],
      );
      expect(answers.filter(({ status }) => status === 422).length).toBeLessThan(5);
      expect(failed[0]?.count ?? 0).toBeGreaterThan(0);
      expect(returned(await (await pages.begin()).signIn())).toMatchObject({ error: 'access_denied' });
    });

    it('forgets failures after a whole authentication', async () => {
      for (let attempt = 0; attempt < 4; attempt += 1) await (await pages.begin()).signIn('camille', 'wrong');
      await pages.reachConsent();
      for (let attempt = 0; attempt < 4; attempt += 1)
        expect((await (await pages.begin()).signIn('camille', 'wrong')).status).toBe(422);
    });

    it('uses a code once, for five minutes, in its own authorization', async () => {
      const one_ = await pages.begin();
      await one_.signIn();
      const code = await one_.phone();
      const two = await pages.begin();
      await two.signIn();
      expect((await two.confirm(code)).status).toBe(422);
      pages.world.advance(299);
      expect((await one_.browser.get(one_.address)).status).toBe(200);
      pages.world.advance(1);
      await pages.clearPhones();
      const late = await one_.confirm(code);
      expect([late.status, late.body.includes('too old')]).toEqual([422, true]);
      expect((await one_.confirm()).status).toBe(303);
      const stored = JSON.stringify(await pages.world.database.query('select code_hash from authorization_request'));
      expect(stored).not.toContain(code);
    });

    it('names who asks in the message', async () => {
      await (await pages.begin()).signIn();
      expect((await pages.newBrowser().get(phoneAddress(realm, 'en', 'camille'))).body).toContain(
        'Name of PSDFR-ACPR-1',
      );
      expect((await pages.newBrowser().get(phoneAddress(realm, 'en', 'nobody'))).status).toBe(404);
    });

    it('A32 ends after five minutes without a sign, and sends the PSU back', async () => {
      const shown = await pages.reachConsent();
      expect(shown.page.headers['refresh']).toBe(`301; url=${shown.address}`);
      pages.world.advance(301);
      expect(returned(await shown.browser.get(shown.address))).toMatchObject({ error: 'access_denied', state: 's1' });
      const posted = await pages.reachConsent();
      const token = formTokenOf(posted.page);
      pages.world.advance(301);
      const answer = await posted.browser.post(posted.address, {
        form_token: token,
        answer: 'agree',
        account: accountsOf(posted.page),
      });
      expect(returned(answer)).toMatchObject({ error: 'access_denied' });
      expect((await posted.browser.get(posted.address)).status).toBe(404);
    });

    it('ends after half an hour, however busy the PSU is', async () => {
      const { browser, address } = await pages.begin();
      for (let minutes = 0; minutes < 30; minutes += 4) {
        expect((await browser.get(address)).status).toBe(200);
        pages.world.advance(240);
      }
      expect(returned(await browser.get(address))).toMatchObject({ error: 'access_denied' });
    });

    it('A26 A27 grants only the PSU’s own accounts, and what was asked, not what the form says', async () => {
      const { agree, submit, page } = await pages.reachConsent();
      const [noams = ''] = (await pages.world.bank.accounts('noam')).map(({ resourceId }) => resourceId);
      expect((await agree([noams])).status).toBe(403);
      expect(pages.events.map(({ kind, code }) => [kind, code])).toContainEqual(['request-refused', 'FORM_REJECTED']);
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
      const rows = await pages.world.database.query<{ psu: string; scope: string; accounts: string[] }>(
        'select psu, scope, accounts from consent_grant where accounts = $1',
        [JSON.stringify([first])],
      );
      expect(rows).toContainEqual({ psu: 'camille', scope: 'aisp', accounts: [first] });
    });
  });
});
