import { describe, expect, it } from 'vitest';
import { tokenOf } from '../../material/console-form.js';
import type { OperatorWorld } from '../../material/operator-world.js';
import { locationOf, type PsuBrowser } from '../../material/psu-browser.js';
import { listRoutes } from './console-routes.js';

const ended = '/sign-in?leave=ended';

/** Sessions that there are not, that are over, or that somebody else holds. */
export function describeSessions(of: () => OperatorWorld): void {
  describe('a session', () => {
    const carry = (from: PsuBrowser, to: PsuBrowser) => {
      for (const [name, value] of from.cookies) to.cookies.set(name, value);
      return to;
    };
    const age = (login: string, column: 'seen_at' | 'expires_at', seconds: number) =>
      of().database.query(
        `update operator_session set ${column} = now() - $2 * interval '1 second' where subject = $1 and ended_at is null`,
        [login, seconds],
      );

    it('O1: that there is not leads from every page and every form to the sign-in, and shows nothing', async () => {
      await of().apply('Sans session SAS');
      const pages = (await listRoutes('openid', 'GET')).filter((url) => /^\/(fr|en)(?!\/sign-in)/.test(url));
      const forms = (await listRoutes('openid', 'POST')).filter((url) => !url.includes('/sign-in'));
      expect([pages.length, forms.length]).toEqual([20, 10]);
      for (const cookie of [undefined, 'x', 'p'.repeat(43)]) {
        const browser = of().browse();
        if (cookie !== undefined) browser.cookies.set('__Host-postern-console', cookie);
        for (const url of pages) {
          const answer = await browser.get(url);
          expect([url, answer.status, locationOf(answer)]).toEqual([url, 303, `${url.slice(0, 3)}${ended}`]);
          expect(answer.body).not.toContain('Sans session');
        }
      }
      for (const url of forms) {
        const browser = of().browse();
        browser.cookies.set('__Host-postern-console', 'p'.repeat(43));
        const answer = await browser.post(url, { form_token: tokenOf(browser, url), answer: 'approve' });
        expect([url, answer.status, locationOf(answer)]).toEqual([url, 303, `${url.slice(0, 3)}${ended}`]);
      }
    });

    it('O1: that is over leads there too, unused or at its last hour', async () => {
      for (const [column, seconds] of [['seen_at', 901] as const, ['expires_at', 1] as const]) {
        const browser = await of().enter('carol-3');
        expect((await browser.get('/en')).status).toBe(200);
        await age('carol-3', column, seconds);
        expect(locationOf(await browser.get('/en'))).toBe(`/en${ended}`);
        expect(locationOf(await browser.post('/en/sign-out', { form_token: tokenOf(browser, '/en/sign-out') }))).toBe(
          `/en${ended}`,
        );
      }
    });

    it('O1: whose cookie is used from another address ends, for the thief and for the owner', async () => {
      const owner = await of().enter('carol-3');
      expect((await owner.get('/en')).status).toBe(200);
      const thief = carry(owner, of().browse(of().first, '127.0.0.3'));
      const stolen = await thief.get('/en/requests');
      expect([stolen.status, locationOf(stolen)]).toEqual([303, '/en/sign-in?leave=moved']);
      expect((await thief.get('/en/sign-in?leave=moved')).body).toContain('another network address');
      expect(locationOf(await owner.get('/en'))).toBe(`/en${ended}`);
      expect(await of().eventsOf('operator-session-ended')).toContainEqual(
        expect.objectContaining({ by: 'carol-3', why: 'moved' }),
      );
    });

    it('O1: whose cookie is used in another browser ends, on every node', async () => {
      const owner = await of().enter('carol-3');
      const thief = carry(owner, of().browse(of().third));
      const form = { form_token: tokenOf(owner, '/en/requests/x'), answer: 'approve' };
      const stolen = await thief.post('/en/requests/x', form, { 'user-agent': 'Thief/1.0' });
      expect([stolen.status, locationOf(stolen)]).toEqual([303, '/en/sign-in?leave=moved']);
      expect(locationOf(await owner.get('/en'))).toBe(`/en${ended}`);
    });

    it('O1: goes on at every node for its own browser, and where another fails', async () => {
      const owner = await of().enter('carol-3');
      for (const node of [of().third, of().first, of().third])
        expect((await carry(owner, of().browse(node)).get('/en')).status).toBe(200);
      const stranger = of().browse(of().first, '127.0.0.4');
      stranger.cookies.set('__Host-postern-console', 'q'.repeat(43));
      expect(locationOf(await stranger.get('/en'))).toBe(`/en${ended}`);
      expect((await owner.get('/en')).status).toBe(200);
    });
  });
}
