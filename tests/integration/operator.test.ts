import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIdentityProvider } from '../../server/src/operator/identity-provider.js';
import { startAttempt } from '../../server/src/operator/sign-in-attempt.js';
import { answerWith, hiddenFieldsOf, refusalIn, tokenOf } from '../material/console-form.js';
import { type OperatorWorld, openOperatorWorld } from '../material/operator-world.js';
import { type BrowserAnswer, formTokenOf, locationOf, type PsuBrowser } from '../material/psu-browser.js';
import { sendOverTls, type TlsAnswer } from '../material/send-over-tls.js';
import { clientSecret } from '../material/start-identity-provider.js';
import { findPostgresql } from '../material/start-postgresql.js';
import { describeMessages } from './operator/messages.js';
import { describeRegistrations } from './operator/registrations.js';
import { type ChangingPeople, describeRights } from './operator/rights.js';
import { describeSentTwice } from './operator/sent-twice.js';

const people = {
  'alice-1': { name: 'Alice Martin', groups: ['psd2-look', 'psd2-decide'] },
  'bob-2': { name: 'Bob <b>Durand</b>', groups: ['psd2-look', 'psd2-decide'] },
  'carol-3': { name: 'Carol', groups: ['psd2-look'] },
  'dave-4': { name: 'Dave', groups: ['psd2-looking'] },
  'erin-5': { name: 'Erin' },
};

describe.runIf(findPostgresql() !== undefined)('the console of the bank', () => {
  let world: OperatorWorld;

  beforeAll(async () => {
    world = await openOperatorWorld(people);
  });

  afterAll(() => world?.stop());

  const addressOf = (applied: TlsAnswer) => `/en/requests/${String(applied.json['id'])}`;

  describe('the way in', () => {
    it('leads who is not signed in to the sign-in, from every page, and shows nothing', async () => {
      for (const path of [
        '',
        '/requests',
        '/names',
        '/clients',
        '/feedback',
        '/history',
        '/requests/00000000-0000-7000-8000-000000000000',
      ]) {
        const answer = await world.browse().get(`/en${path}`);
        expect([answer.status, locationOf(answer)]).toEqual([303, '/en/sign-in?leave=ended']);
      }
      const page = await world.browse().get('/en/sign-in');
      expect(page.body).toContain(world.provider.issuer);
      expect(page.headers['content-security-policy']).toContain("default-src 'none'");
      expect(page.headers['x-frame-options']).toBe('DENY');
    });

    it('asks the provider with PKCE, state and nonce, each new for each attempt', async () => {
      const asked = await Promise.all(
        [world.browse(), world.browse()].map(async (browser) => new URL(await world.startSignIn(browser))),
      );
      for (const { searchParams } of asked) {
        expect(searchParams.get('response_type')).toBe('code');
        expect(searchParams.get('code_challenge_method')).toBe('S256');
        for (const name of ['state', 'nonce', 'code_challenge']) expect(searchParams.get(name)).toMatch(/^[\w-]{43}$/);
      }
      for (const name of ['state', 'nonce', 'code_challenge'])
        expect(asked[0]?.searchParams.get(name)).not.toBe(asked[1]?.searchParams.get(name));
    });

    it('opens a session whose cookie no script reads and no other site sends, and leads on by a page of its own', async () => {
      const browser = world.browse();
      const started = await browser.get('/fr/sign-in/start');
      expect(String(started.headers['set-cookie'])).toMatch(
        /^__Host-postern-console-sign-in=.+; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=600$/,
      );
      const answer = await browser.get(await world.visitProvider(locationOf(started), 'alice-1'));
      expect(answer.status, answer.body).toBe(200);
      expect(answer.headers['refresh']).toBe('0; url=/fr');
      const cookies = [answer.headers['set-cookie'] ?? []].flat();
      expect(cookies).toContainEqual(
        expect.stringMatching(/^__Host-postern-console=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/),
      );
      const start = await browser.get('/fr');
      expect(start.status).toBe(200);
      expect(start.body).toContain('Alice Martin');
      expect(await world.eventsOf('operator-signed-in')).toContainEqual(
        expect.objectContaining({
          by: 'alice-1',
          name: 'Alice Martin',
          issuer: world.provider.issuer,
          roles: ['look', 'decide'],
        }),
      );
      const secret = browser.cookies.get('__Host-postern-console') ?? '';
      const stored = await world.database.query<{ secret_hash: string }>('select secret_hash from operator_session');
      expect(secret).toMatch(/^[\w-]{43}$/);
      expect(JSON.stringify(stored)).not.toContain(secret);
    });

    it('refuses an answer with another state, another issuer, of another browser, and one that comes twice', async () => {
      const browser = world.browse();
      const back = await world.visitProvider(await world.startSignIn(browser), 'alice-1');
      const changed = [
        back.replace(/state=[^&]+/, `state=${'a'.repeat(43)}`),
        back.replace(/&?state=[^&]+/, ''),
        back.replace(/iss=[^&]+/, `iss=${encodeURIComponent('https://evil.example')}`),
        back.replace(/&?iss=[^&]+/, ''),
        `${back}&code=another`,
      ];
      for (const target of changed) {
        const copy = world.browse();
        for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
        const answer = await copy.get(target);
        expect([answer.status, refusalIn(answer)], target).toEqual([400, 'OPERATOR_SIGN_IN_FAILED']);
        expect(copy.cookies.get('__Host-postern-console')).toBeUndefined();
      }
      expect((await world.browse().get(back)).status).toBe(400);
      expect((await browser.get(back)).status).toBe(200);
      expect((await browser.get(back)).status).toBe(400);
    });

    it('refuses an ID token with another nonce, and a code that was got for another attempt', async () => {
      const browser = world.browse();
      const start = await world.startSignIn(browser);
      const nonce = await world.visitProvider(start.replace(/nonce=[^&]+/, `nonce=${'b'.repeat(43)}`), 'alice-1');
      const refused = await browser.get(nonce);
      expect([refused.status, refusalIn(refused)]).toEqual([400, 'OPERATOR_SIGN_IN_FAILED']);

      const victim = world.browse();
      const own = await world.visitProvider(await world.startSignIn(victim), 'carol-3');
      const attacker = await world.visitProvider(await world.startSignIn(world.browse()), 'alice-1');
      const code = /code=([^&]+)/.exec(attacker)?.[1] ?? '';
      const mixed = await victim.get(own.replace(/code=[^&]+/, `code=${code}`));
      expect([mixed.status, refusalIn(mixed)]).toEqual([400, 'OPERATOR_SIGN_IN_FAILED']);
    });

    it('takes so many answers of a source to the provider within a minute, and those of others all the same', async () => {
      const stranger = world.browse(world.first, '127.0.0.2');
      const { searchParams } = new URL(await world.startSignIn(stranger));
      const invented = `/sign-in/callback?code=x&state=${searchParams.get('state')}&iss=${encodeURIComponent(world.provider.issuer)}`;
      const cookies = [...stranger.cookies];
      const before = world.provider.redemptions();
      const answers: BrowserAnswer[] = [];
      while (answers.length < 100 && answers.at(-1)?.status !== 429) {
        for (const [name, value] of cookies) stranger.cookies.set(name, value);
        answers.push(await stranger.get(invented));
      }
      // One more each second, beside the 60 that there are at once.
      expect(answers.length).toBeGreaterThanOrEqual(61);
      expect(refusalIn(answers.at(-1) as BrowserAnswer)).toBe('RATE_LIMITED');
      expect(Number(answers.at(-1)?.headers['retry-after'])).toBeGreaterThan(0);
      expect(world.provider.redemptions() - before).toBe(answers.length - 1);
      await world.enter('carol-3');
    });

    it('refuses who has not got the claim, and says so in the audit', async () => {
      for (const login of ['dave-4', 'erin-5']) {
        const browser = world.browse();
        const answer = await browser.get(await world.visitProvider(await world.startSignIn(browser), login));
        expect([answer.status, refusalIn(answer)]).toEqual([403, 'OPERATOR_NOT_ADMITTED']);
        expect(browser.cookies.get('__Host-postern-console')).toBeUndefined();
        expect(await world.eventsOf('operator-refused')).toContainEqual({ by: login });
      }
    });

    it('authenticates by private_key_jwt as well', async () => {
      const { clientSecret: _none, ...rest } = world.signIn;
      const client = createIdentityProvider({
        signIn: { ...rest, clientId: 'console-with-key', clientKey: { file: 'key' } },
        redirectUri: `${world.publicUrl}/sign-in/callback`,
        secrets: { clientSecret: undefined, clientKey: world.clientKey, ca: world.bank.ca },
        clock: () => new Date(),
      });
      const { attempt } = startAttempt('fr', new Date());
      const back = await world.visitProvider(await client.startAddress(attempt), 'bob-2');
      const signedIn = await client.redeem(new URL(back, world.publicUrl), attempt);
      expect(signedIn.claims).toMatchObject({ sub: 'bob-2' });
      expect(await client.askRights(signedIn.tokens, 'bob-2')).toMatchObject({ claims: people['bob-2'] });
    });

    it('does not go to a provider behind an authority that it was not told of', async () => {
      const client = createIdentityProvider({
        signIn: world.signIn,
        redirectUri: `${world.publicUrl}/sign-in/callback`,
        secrets: { clientSecret, clientKey: undefined, ca: undefined },
        clock: () => new Date(),
      });
      const { attempt } = startAttempt('fr', new Date());
      await expect(client.startAddress(attempt)).rejects.toMatchObject({ code: 'OPERATOR_SIGN_IN_FAILED' });
    });
  });

  describe('a one-time link of a demonstration', () => {
    /** The last link that was printed; visiting the sign-in has one printed unless the last can still be used. */
    async function readLink(): Promise<string> {
      await world.browse(world.second).get('/en/sign-in');
      for (let attempt = 0; attempt < 200; attempt += 1) {
        const [, link] = [...world.second.said().matchAll(/link=([\w-]{43})/g)].at(-1) ?? [];
        const unused = 'select 1 as one from operator_link where used_at is null';
        if (link !== undefined && (await world.database.query(unused)).length === 1) return link;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error('no link was printed');
    }

    it('K17: opens one session, which is nothing behind an identity provider, and is kept as a hash', async () => {
      const link = await readLink();
      expect(link).toMatch(/^[\w-]{43}$/);
      const browser = world.browse(world.second);
      expect((await browser.get(`/en/sign-in?link=${link}`)).body).toContain(`name="link" value="${link}"`);
      const rows = await world.database.query('select secret_hash from operator_link');
      expect(rows.length).toBeGreaterThan(0);
      expect(JSON.stringify(rows)).not.toContain(link);
      const entered = await browser.post('/en/sign-in', { link });
      expect([entered.status, locationOf(entered)]).toEqual([303, '/en']);
      expect((await browser.get('/en')).status).toBe(200);
      const elsewhere = world.browse(world.first);
      for (const [name, value] of browser.cookies) elsewhere.cookies.set(name, value);
      expect(locationOf(await elsewhere.get('/en'))).toBe('/en/sign-in?leave=ended');
      expect((await browser.get('/en')).status).toBe(200);

      const again = await world.browse(world.second).post('/en/sign-in', { link });
      expect([again.status, refusalIn(again)]).toEqual([400, 'OPERATOR_SIGN_IN_FAILED']);
    });

    it('is nothing to who guesses it, and is not taken from another site', async () => {
      const guessed = await world.browse(world.second).post('/en/sign-in', { link: 'x'.repeat(43) });
      expect([guessed.status, refusalIn(guessed)]).toEqual([400, 'OPERATOR_SIGN_IN_FAILED']);
      const headers = { origin: 'https://evil.example' };
      const foreign = await world.browse(world.second).post('/en/sign-in', { link: await readLink() }, headers);
      expect([foreign.status, refusalIn(foreign)]).toEqual([403, 'FORM_REJECTED']);
    });

    it('is no way in where an identity provider is', async () => {
      const answer = await world.browse(world.first).post('/en/sign-in', { link: 'x'.repeat(43) });
      expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET']);
    });
  });

  describe('a session', () => {
    it('ends with the sign-out, for who holds its cookie too', async () => {
      const browser = await world.enter('alice-1');
      const held = browser.cookies.get('__Host-postern-console') ?? '';
      const out = await answerWith(browser, '/en/sign-out', {}).catch(() => undefined);
      expect(out?.status).toBe(403);
      const page = await browser.get('/en');
      const answer = await browser.post('/en/sign-out', { form_token: formTokenOf(page) });
      expect([answer.status, locationOf(answer)]).toEqual([303, '/en/sign-in?leave=signed-out']);
      expect(String(answer.headers['set-cookie'])).toMatch(/^__Host-postern-console=; .*Max-Age=0$/);
      browser.cookies.set('__Host-postern-console', held);
      expect((await browser.get('/en')).status).toBe(303);
      expect(await world.eventsOf('operator-signed-out')).toContainEqual(expect.objectContaining({ by: 'alice-1' }));
    });

    it('is new after each sign-in, and the one before it ends', async () => {
      const browser = await world.enter('alice-1');
      const before = browser.cookies.get('__Host-postern-console') ?? '';
      await browser.get(await world.visitProvider(await world.startSignIn(browser), 'alice-1'));
      expect(browser.cookies.get('__Host-postern-console')).not.toBe(before);
      const old = world.browse();
      old.cookies.set('__Host-postern-console', before);
      expect((await old.get('/en')).status).toBe(303);
      const planted = world.browse();
      planted.cookies.set('__Host-postern-console', 'p'.repeat(43));
      expect((await planted.get('/en')).status).toBe(303);
    });

    it('ends when it was not used for a while, and at its last hour', async () => {
      const browser = await world.enter('carol-3');
      await world.database.query(
        `update operator_session set seen_at = seen_at - interval '16 minutes' where subject = 'carol-3'`,
      );
      expect((await browser.get('/en')).status).toBe(303);
      const other = await world.enter('carol-3');
      await world.database.query(
        `update operator_session set expires_at = now() - interval '1 second' where subject = 'carol-3'`,
      );
      expect((await other.get('/en')).status).toBe(303);
    });
  });

  describe('a decision', () => {
    it('is refused without the token of its page, from another site, and in another session', async () => {
      const applied = await world.apply('Formulaire SAS');
      const address = addressOf(applied);
      const alice = await world.enter('alice-1');
      const bob = await world.enter('bob-2');
      const token = formTokenOf(await bob.get(address));
      const approve = { answer: 'approve', reason: '' };
      const refused: BrowserAnswer[] = [
        await alice.post(address, approve),
        await alice.post(address, { ...approve, form_token: token }),
        await alice.post(address, { ...approve, form_token: formTokenOf(await alice.get(address)) }),
        await answerWithHeaders(alice, address, { origin: 'https://evil.example' }),
        await answerWithHeaders(alice, address, { 'sec-fetch-site': 'same-site' }),
        await answerWithHeaders(alice, address, { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'same-origin' }),
      ];
      for (const answer of refused) expect([answer.status, refusalIn(answer)]).toEqual([403, 'FORM_REJECTED']);
      expect((await world.readAsOwner(applied)).json).toMatchObject({ state: 'waiting' });
    });

    async function answerWithHeaders(browser: PsuBrowser, address: string, headers: Readonly<Record<string, string>>) {
      const hidden = hiddenFieldsOf(await browser.get(address), address);
      return browser.post(address, { ...hidden, answer: 'approve', reason: '' }, headers);
    }

    it('needs two different people where the brand wants two; then the applicant has its certificates', async () => {
      const applied = await world.apply('Quatre Yeux <i>SAS</i>');
      const address = addressOf(applied);
      const alice = await world.enter('alice-1');
      const page = await alice.get(address);
      expect(page.body).toContain('Quatre Yeux &lt;i>SAS&lt;/i>');
      expect(page.body).toContain('dev@pousse.example');
      expect(page.body).toMatch(/RSA 2048.*[0-9a-f]{64}/s);
      expect((await alice.get('/en/requests')).body).toContain('Quatre Yeux');

      expect((await answerWith(alice, address, { answer: 'approve', reason: 'Known to us' })).status).toBe(303);
      expect((await world.readAsOwner(applied)).json).toMatchObject({ state: 'waiting', certificates: [] });
      expect((await alice.get(address)).body).not.toContain('value="approve"');
      const same = await answerWith(alice, address, { answer: 'approve', reason: '' });
      expect([same.status, refusalIn(same)]).toEqual([409, 'DECISION_NOT_POSSIBLE']);
      const sameAgain = await answerWith(await world.enter('alice-1'), address, { answer: 'approve', reason: '' });
      expect(sameAgain.status).toBe(409);
      expect((await world.readAsOwner(applied)).json).toMatchObject({ state: 'waiting' });

      const bob = await world.enter('bob-2');
      expect((await bob.get(address)).body).toContain('Alice Martin');
      expect((await answerWith(bob, address, { answer: 'approve', reason: 'Welcome' })).status).toBe(303);
      const owned = await world.readAsOwner(applied);
      expect(owned.json).toMatchObject({ state: 'issued', reason: 'Welcome' });
      expect((owned.json['certificates'] as { kind: string }[]).map(({ kind }) => kind).sort()).toEqual([
        'qsealc',
        'qwac',
      ]);
      const form_token = tokenOf(alice, address);
      const late = await alice.post(address, { form_token, answer: 'refuse', reason: 'Too late' });
      expect([late.status, refusalIn(late)]).toEqual([409, 'DECISION_NOT_POSSIBLE']);
      expect((await world.readAsOwner(applied)).json).toMatchObject({ state: 'issued', reason: 'Welcome' });

      const applicant = applied.json['id'];
      expect(await world.eventsOf('sandbox-approved')).toContainEqual(
        expect.objectContaining({ applicant, by: 'alice-1', name: 'Alice Martin', reason: 'Known to us' }),
      );
      expect(await world.eventsOf('sandbox-decided')).toContainEqual(
        expect.objectContaining({ applicant, by: 'bob-2', state: 'issued', reason: 'Welcome' }),
      );
      const history = (await bob.get('/en/history')).body;
      expect(history).toContain('Bob &lt;b>Durand&lt;/b> (bob-2)');
      expect(history).toContain('Alice Martin (alice-1)');
    });

    it('to refuse needs a reason, which the applicant reads; one is enough, whoever agreed before', async () => {
      const applied = await world.apply('Refus SAS');
      const address = addressOf(applied);
      const alice = await world.enter('alice-1');
      const bob = await world.enter('bob-2');
      await answerWith(alice, address, { answer: 'approve', reason: '' });
      for (const reason of ['', ' \r\n ', 'x'.repeat(501), 'turned \u202e round']) {
        const again = await answerWith(bob, address, { answer: 'refuse', reason });
        expect(again.status).toBe(422);
        expect(again.body).toContain('href="#reason"');
      }
      expect((await answerWith(bob, address, { answer: 'refuse', reason: 'No such\r\nfirm' })).status).toBe(303);
      expect((await world.readAsOwner(applied)).json).toMatchObject({
        state: 'refused',
        reason: 'No such firm',
        certificates: [],
      });
    });

    it('is not for who may only look', async () => {
      const applied = await world.apply('Regard SAS');
      const address = addressOf(applied);
      const carol = await world.enter('carol-3');
      const page = await carol.get(address);
      expect(page.status).toBe(200);
      expect(page.body).not.toContain('name="answer"');
      for (const answer of ['approve', 'refuse']) {
        const form_token = tokenOf(carol, address);
        const refused = await carol.post(address, { form_token, answer, reason: 'I can' });
        expect([refused.status, refusalIn(refused)]).toEqual([403, 'OPERATOR_NOT_ADMITTED']);
      }
      expect((await world.readAsOwner(applied)).json).toMatchObject({ state: 'waiting' });
    });

    it('K16: finds nothing under an id that is none of its kind', async () => {
      const alice = await world.enter('alice-1');
      for (const id of ['00000000-0000-7000-8000-000000000000', 'x', '..%2f..%2fnames', '%27%20or%201=1'])
        expect((await alice.get(`/en/requests/${id}`)).status, id).toBeGreaterThanOrEqual(400);
      const applied = await world.apply('Autre genre SAS');
      expect((await alice.get(`/en/names/${String(applied.json['id'])}`)).status).toBe(404);
      expect((await alice.get('/en/history?before=1')).status).toBe(404);
    });
  });

  describeRights(() => world, people as unknown as ChangingPeople);
  describeMessages(() => world, people);
  describeRegistrations(() => world, people);
  describeSentTwice(() => world);

  it('answers on no other listener', async () => {
    const alice = await world.enter('alice-1');
    const cookie = `__Host-postern-console=${alice.cookies.get('__Host-postern-console')}`;
    for (const origin of [world.bank.addresses.web, world.bank.addresses.api]) {
      for (const path of ['/en', '/en/requests', '/en/sign-in', '/en/history', '/sign-in/callback']) {
        const answer = await sendOverTls({
          method: 'GET',
          url: `${origin}${path}`,
          ca: world.bank.ca,
          headers: { cookie },
        });
        expect(answer.status, `${origin}${path}`).toBe(404);
      }
    }
    for (const path of ['/demo-bank/en/developers', '/demo-bank/certificate-check', '/metrics'])
      expect((await alice.get(path)).status, path).toBe(404);
    expect(world.provider.faults).toEqual([]);
  });
});
