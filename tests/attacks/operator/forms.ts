import { describe, expect, it } from 'vitest';
import { hiddenFieldsOf, refusalIn, tokenOf } from '../../material/console-form.js';
import type { OperatorWorld } from '../../material/operator-world.js';
import type { BrowserAnswer, PsuBrowser } from '../../material/psu-browser.js';
import { sendOverTls } from '../../material/send-over-tls.js';
import type { ServerNode } from '../../material/start-nodes.js';
import { listRoutes } from './console-routes.js';

/** Forms that another site sends, that a reader sends, and that say more than they are asked. */
export function describeForms(of: () => OperatorWorld): void {
  describe('a form', () => {
    /** As `browser.post`, with exactly these headers. */
    const send = async (
      node: ServerNode,
      url: string,
      { body, headers }: { readonly body: string; readonly headers: Readonly<Record<string, string>> },
    ): Promise<BrowserAnswer> => {
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      const host = new URL(of().publicUrl).host;
      const call = { method: 'POST', url: `${node.operator}${url}`, ca: of().bank.ca, body };
      const {
        status,
        headers: answered,
        text,
      } = await sendOverTls({ ...call, headers: { host, ...type, ...headers } });
      return { status, headers: answered, body: text };
    };
    const cookieOf = (browser: PsuBrowser) => `__Host-postern-console=${browser.cookies.get('__Host-postern-console')}`;
    const bodyOf = (browser: PsuBrowser, url: string) => {
      const answer = url.includes('/clients/') ? 'suspend' : 'refuse';
      return new URLSearchParams({ form_token: tokenOf(browser, url), answer, reason: 'r' }).toString();
    };

    const foreign = (own: string): Readonly<Record<string, Readonly<Record<string, string>>>> => ({
      'no Origin': {},
      'no Origin, and same-origin': { 'sec-fetch-site': 'same-origin' },
      'Origin: null': { origin: 'null' },
      'another Origin': { origin: 'https://evil.example' },
      'an Origin that begins like ours': { origin: `${own}.evil.example` },
      'our Origin by HTTP': { origin: own.replace('https:', 'http:') },
      'our Origin and another': { origin: `${own} https://evil.example` },
      'cross-site': { origin: own, 'sec-fetch-site': 'cross-site' },
      'same-site': { origin: own, 'sec-fetch-site': 'same-site' },
      none: { origin: own, 'sec-fetch-site': 'none' },
      'in a frame': { origin: own, 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'iframe' },
    });

    it('O2: is refused on every address that takes one, unless a page of the console has sent it', async () => {
      const browser = await of().enter('bob-2');
      const cookie = cookieOf(browser);
      const urls = await listRoutes('openid', 'POST');
      expect(urls.length).toBeGreaterThan(0);
      for (const url of urls) {
        const body = bodyOf(browser, url);
        for (const [what, headers] of Object.entries(foreign(of().publicUrl))) {
          const answer = await send(of().first, url, { body, headers: { cookie, ...headers } });
          expect([url, what, answer.status, refusalIn(answer)]).toEqual([url, what, 403, 'FORM_REJECTED']);
        }
        if (url.endsWith('/sign-out')) continue;
        const own = { origin: of().publicUrl, 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'document' };
        const taken = await send(of().first, url, { body, headers: { cookie, ...own } });
        expect([url, refusalIn(taken)]).not.toEqual([url, 'FORM_REJECTED']);
        const bare = await send(of().first, url, { body: 'answer=refuse&reason=r', headers: { cookie, ...own } });
        expect([url, bare.status, refusalIn(bare)]).toEqual([url, 403, 'FORM_REJECTED']);
      }
      expect((await browser.get('/en')).status).toBe(200);
    });

    it('O2: and where a link is the way in', async () => {
      for (const url of (await listRoutes('link', 'POST')).filter((each) => each.includes('/sign-in')))
        for (const [what, headers] of Object.entries(foreign(of().publicUrl))) {
          const answer = await send(of().second, url, { body: `link=${'x'.repeat(43)}`, headers });
          expect([url, what, answer.status, refusalIn(answer)]).toEqual([url, what, 403, 'FORM_REJECTED']);
        }
    });

    it('O3: decides nothing for who may only look, on no address that takes one, and each try is in the audit', async () => {
      const carol = await of().enter('carol-3');
      const urls = (await listRoutes('openid', 'POST')).filter((url) => !/\/sign-(in|out)/.test(url));
      expect(urls.length).toBeGreaterThan(0);
      const events = async () => (await of().eventsOf('operator-refused')).filter(({ by }) => by === 'carol-3').length;
      for (const url of urls)
        for (const answer of ['approve', 'refuse', 'release', 'suspend', 'restore', '']) {
          const before = await events();
          const refused = await carol.post(url, { form_token: tokenOf(carol, url), answer, reason: 'I can' });
          expect([url, answer, refused.status, refusalIn(refused)]).toEqual([
            url,
            answer,
            403,
            'OPERATOR_NOT_ADMITTED',
          ]);
          expect(await events()).toBe(before + 1);
        }
      expect((await carol.get('/en/requests')).status).toBe(200);
    });

    it('O11: gives no role, no name, no state and no number that it holds beside its fields', async () => {
      const applied = await of().apply('Affectation SAS');
      const url = `/en/requests/${String(applied.json['id'])}`;
      const more = {
        ...{ role: 'admin', roles: '["look","decide"]', 'roles[]': 'decide', decide: 'true', admin: '1' },
        ...{ by: 'bob-2', subject: 'bob-2', name: 'Bob', 'by[subject]': 'bob-2', session: 'x', now: '2099-01-01' },
        ...{ state: 'issued', needed: '1', approvals: '2', id: 'x', form: 'x', brand: 'demo-bank', __proto__x: 'x' },
        ...{ constructor: 'x', 'needed.value': '1' },
      };
      const carol = await of().enter('carol-3');
      const refused = await carol.post(url, {
        ...more,
        form_token: tokenOf(carol, url),
        answer: 'approve',
        reason: '',
      });
      expect([refused.status, refusalIn(refused)]).toEqual([403, 'OPERATOR_NOT_ADMITTED']);
      const looked = await carol.get(`${url}?${new URLSearchParams(more)}`);
      expect(looked.body).not.toContain('name="answer"');

      const alice = await of().enter('alice-1');
      const hidden = hiddenFieldsOf(await alice.get(url), url);
      const taken = await alice.post(url, { ...more, ...hidden, answer: 'approve', reason: '' });
      expect(taken.status).toBe(303);
      expect((await of().readAsOwner(applied)).json).toMatchObject({ state: 'waiting', certificates: [] });
      const applicant = applied.json['id'];
      const agreed = (await of().eventsOf('sandbox-approved')).filter((event) => event['applicant'] === applicant);
      expect(agreed).toMatchObject([{ by: 'alice-1', name: 'Alice Martin', state: 'issued' }]);
      expect(Object.keys(agreed[0] ?? {}).sort()).toEqual(
        ['applicant', 'by', 'form', 'name', 'organizationName', 'state'].sort(),
      );
    });

    it('O11: that says a field twice is refused', async () => {
      const applied = await of().apply('Doublon SAS');
      const url = `/en/requests/${String(applied.json['id'])}`;
      const bob = await of().enter('bob-2');
      const hidden = hiddenFieldsOf(await bob.get(url), url);
      const answer = await bob.post(url, { ...hidden, answer: ['refuse', 'approve'], reason: 'r' });
      expect(answer.status).toBe(400);
      expect((await of().readAsOwner(applied)).json).toMatchObject({ state: 'waiting' });
    });

    it('O11: of the sign-in gives no role either', async () => {
      const browser = of().browse();
      const started = await browser.get('/en/sign-in/start?roles=decide&scope=admin&claims=%7B%7D&prompt=none');
      const asked = new URL(String(started.headers['location'])).searchParams;
      expect([asked.get('scope'), asked.get('claims'), asked.get('prompt')]).toEqual([
        'openid profile groups',
        null,
        null,
      ]);
      const back = await of().visitProvider(asked.size === 0 ? '' : String(started.headers['location']), 'carol-3');
      expect((await browser.get(`${back}&roles=decide&groups=psd2-decide`)).status).toBe(200);
      expect((await browser.get('/en')).body).toContain('may look, not decide');
    });
  });
}
