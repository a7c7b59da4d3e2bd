import { describe, expect, it } from 'vitest';
import { createIdentityProvider } from '../../../server/src/operator/identity-provider.js';
import { startAttempt } from '../../../server/src/operator/sign-in-attempt.js';
import { answerWith, hiddenFieldsOf, refusalIn } from '../../material/console-form.js';
import type { OperatorWorld } from '../../material/operator-world.js';
import { formTokenOf, locationOf, type PsuBrowser } from '../../material/psu-browser.js';
import { clientSecret } from '../../material/start-identity-provider.js';

/** Groups by subject, as the identity provider has them at this moment. */
export type ChangingPeople = Record<string, { name: string; groups: string[] }>;

const both = ['psd2-look', 'psd2-decide'];

/** What a person may do is what the identity provider says now. */
export function describeRights(of: () => OperatorWorld, people: ChangingPeople): void {
  describe('the rights of a person', () => {
    let count = 0;
    /** Somebody whom no other test knows. */
    const appoint = (groups = both) => {
      count += 1;
      const login = `person-${count}`;
      people[login] = { name: `Person ${count}`, groups };
      return login;
    };
    const grant = (login: string, groups: string[]) => {
      people[login] = { name: login, groups };
    };
    const askedBefore = (login: string, seconds: number) =>
      of().database.query(
        `update operator_session set rights_asked_at = now() - $2 * interval '1 second' where subject = $1`,
        [login, seconds],
      );
    const addressOf = async (name: string) => {
      const applied = await of().apply(name);
      return { applied, address: `/en/requests/${String(applied.json['id'])}` };
    };
    const readReason = async (browser: PsuBrowser, target: string) =>
      /<p role="status">([^<]+)/.exec((await browser.get(target)).body)?.[1];

    it('are asked at each decision: who has lost them decides nothing, and reads why the session is over', async () => {
      const login = appoint();
      const browser = await of().enter(login);
      const { applied, address } = await addressOf('Retirée SAS');
      await browser.get(address);
      grant(login, []);
      expect((await browser.get(address)).status).toBe(200);
      const answer = await answerWith(browser, address, { answer: 'approve', reason: '' });
      expect([answer.status, locationOf(answer)]).toEqual([303, '/en/sign-in?leave=withdrawn']);
      expect(String(answer.headers['set-cookie'])).toContain('Max-Age=0');
      expect(await readReason(browser, locationOf(answer))).toContain('no longer gives you the right');
      expect(await readReason(browser, '/fr/sign-in?leave=withdrawn')).toContain('ne vous donne plus accès');
      const { json } = await of().readAsOwner(applied);
      expect(json).toMatchObject({ state: 'waiting' });
      expect(await of().eventsOf('sandbox-approved')).not.toContainEqual(expect.objectContaining({ by: login }));
      expect(await of().eventsOf('operator-session-ended')).toContainEqual(
        expect.objectContaining({ by: login, why: 'withdrawn' }),
      );
      grant(login, both);
      expect(locationOf(await browser.get('/en'))).toBe('/en/sign-in?leave=ended');
    });

    it('end reading after five minutes, and not before', async () => {
      const login = appoint();
      const browser = await of().enter(login);
      grant(login, ['psd2-decide']);
      await askedBefore(login, 290);
      const before = of().provider.questions();
      expect((await browser.get('/en/requests')).status).toBe(200);
      expect(of().provider.questions()).toBe(before);
      await askedBefore(login, 300);
      expect(locationOf(await browser.get('/en/requests'))).toBe('/en/sign-in?leave=withdrawn');
      expect(of().provider.questions()).toBe(before + 1);
    });

    it('are asked once for five minutes of reading', async () => {
      const login = appoint();
      const browser = await of().enter(login);
      await askedBefore(login, 300);
      const before = of().provider.questions();
      for (const page of ['', '/requests', '/names', '/history'])
        expect((await browser.get(`/en${page}`)).status).toBe(200);
      expect(of().provider.questions()).toBe(before + 1);
    });

    it('may shrink to looking, and grow again, within a session', async () => {
      const login = appoint();
      const browser = await of().enter(login);
      const { address } = await addressOf('Réduite SAS');
      const form = { ...hiddenFieldsOf(await browser.get(address), address), answer: 'approve', reason: '' };
      grant(login, ['psd2-look']);
      const refused = await browser.post(address, form);
      expect([refused.status, refusalIn(refused)]).toEqual([403, 'OPERATOR_NOT_ADMITTED']);
      expect((await browser.get(address)).body).not.toContain('name="answer"');
      expect(await of().eventsOf('operator-refused')).toContainEqual(expect.objectContaining({ by: login }));
      grant(login, both);
      expect((await browser.post(address, form)).status).toBe(303);
      const roles = (await of().eventsOf('operator-roles-changed')).filter(({ by }) => by === login);
      expect(roles.map((event) => event['roles'])).toEqual([['look'], ['look', 'decide']]);
    });

    it('are unknown while the provider does not answer: nothing is decided, and reading ends after five minutes', async () => {
      const login = appoint();
      const browser = await of().enter(login);
      const leaver = await of().enter(login);
      const { applied, address } = await addressOf('Panne SAS');
      const form = { ...hiddenFieldsOf(await browser.get(address), address), answer: 'approve', reason: '' };
      const out = { form_token: formTokenOf(await leaver.get('/en')) };
      await of().provider.pause();
      try {
        const refused = await browser.post(address, form);
        expect([refused.status, refusalIn(refused)]).toEqual([503, 'OPERATOR_RIGHTS_UNKNOWN']);
        expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
        expect((await browser.get(address)).status).toBe(200);
        await askedBefore(login, 300);
        const closed = await browser.get(address);
        expect([closed.status, refusalIn(closed)]).toEqual([503, 'OPERATOR_RIGHTS_UNKNOWN']);
        expect(closed.body).not.toContain('Panne SAS');
        expect(locationOf(await leaver.post('/en/sign-out', out))).toBe('/en/sign-in?leave=signed-out');
      } finally {
        await of().provider.resume();
      }
      expect((await of().readAsOwner(applied)).json).toMatchObject({ state: 'waiting' });
      expect((await browser.get(address)).status).toBe(200);
      expect((await browser.post(address, form)).status).toBe(303);
    });

    it('are asked by one request at a time on all nodes, so that refresh tokens that are good once last', async () => {
      const login = appoint();
      const browser = await of().enter(login, of().third);
      const elsewhere = of().browse(of().first);
      for (const [name, value] of browser.cookies) elsewhere.cookies.set(name, value);
      for (let round = 0; round < 2; round += 1) {
        await askedBefore(login, 300);
        const before = of().provider.redemptions();
        const answers = await Promise.all(
          [browser, browser, elsewhere, browser, elsewhere, browser].map((each) => each.get('/en/requests')),
        );
        expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
        expect(of().provider.redemptions() - before).toBeLessThanOrEqual(1);
      }
      const { address } = await addressOf('Rafraîchie SAS');
      expect((await answerWith(browser, address, { answer: 'approve', reason: '' })).status).toBe(303);
      grant(login, ['psd2-look']);
      const refuse = { ...hiddenFieldsOf(await browser.get(address), address), answer: 'refuse', reason: 'No' };
      expect((await browser.post(address, refuse)).status).toBe(403);
      grant(login, []);
      expect(locationOf(await browser.post(address, refuse))).toBe('/en/sign-in?leave=withdrawn');
    });

    it('need the tokens of the sign-in, which nothing but the cookie opens', async () => {
      const login = appoint();
      const browser = await of().enter(login);
      const rows = await of().database.query('select * from operator_session');
      const kept = JSON.stringify(rows) + of().first.said();
      expect(of().provider.tokens.length).toBeGreaterThan(0);
      for (const token of of().provider.tokens) {
        expect(kept).not.toContain(token);
        expect(kept).not.toContain(Buffer.from(token).toString('base64url'));
      }
      await of().enter('alice-1');
      await of().database.query(
        `update operator_session set rights_asked_at = now() - interval '1 hour', tokens_sealed =
           (select tokens_sealed from operator_session where subject = 'alice-1' and tokens_sealed is not null limit 1)
         where subject = $1`,
        [login],
      );
      const answer = await browser.get('/en');
      expect(locationOf(answer)).toBe('/en/sign-in?leave=expired');
      const left = 'select tokens_sealed from operator_session where subject = $1';
      expect(await of().database.query(left, [login])).toEqual([{ tokens_sealed: null }]);
    });

    it('come from UserInfo, or from the ID token of a refresh, about the person who signed in', async () => {
      const login = appoint();
      const signedInBy = async (rightsFrom: 'userinfo' | 'id-token') => {
        const client = createIdentityProvider({
          signIn: { ...of().signIn, rightsFrom },
          redirectUri: `${of().publicUrl}/sign-in/callback`,
          secrets: { clientSecret, clientKey: undefined, ca: of().bank.ca },
          clock: () => new Date(),
        });
        const { attempt } = startAttempt('fr', new Date());
        const back = await of().visitProvider(await client.startAddress(attempt), login);
        return { client, tokens: (await client.redeem(new URL(back, of().publicUrl), attempt)).tokens };
      };
      for (const rightsFrom of ['userinfo', 'id-token'] as const) {
        const { client, tokens } = await signedInBy(rightsFrom);
        const ended = { ...tokens, accessToken: 'ended' };
        const first = await client.askRights(ended, login);
        expect(first?.claims).toMatchObject({ sub: login, groups: both });
        expect(first?.tokens.refreshToken).not.toBe(tokens.refreshToken);
        expect(await client.askRights({ accessToken: 'ended' }, login)).toBeUndefined();
        expect(await client.askRights(ended, login), 'a refresh token that was spent').toBeUndefined();
      }
      const { client, tokens } = await signedInBy('id-token');
      await expect(client.askRights(tokens, 'alice-1')).rejects.toMatchObject({ code: 'OPERATOR_RIGHTS_UNKNOWN' });
      const other = await signedInBy('userinfo');
      await expect(other.client.askRights(other.tokens, 'alice-1')).rejects.toMatchObject({
        code: 'OPERATOR_RIGHTS_UNKNOWN',
      });
    });
  });
}
