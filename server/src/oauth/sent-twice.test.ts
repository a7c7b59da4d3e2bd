import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AuthorizationPages,
  openAuthorizationPages,
  type PsuAtBank,
  returned,
} from '../../../tests/material/authorization-pages.js';
import { eachStore } from '../../../tests/material/each-store.js';
import {
  accountsOf,
  type BrowserAnswer,
  type FormFields,
  formTokenOf,
  locationOf,
} from '../../../tests/material/psu-browser.js';
import { hashSecret } from '../http/secret.js';
import { spendCode } from '../store/codes.js';

let pages: AuthorizationPages;

/** Sends the form of the page twice, as a double click does: with the cookies that the browser had before either answer. */
async function sendTwice({ browser, address }: PsuAtBank, form: FormFields): Promise<readonly BrowserAnswer[]> {
  const sent = { form_token: formTokenOf(await browser.get(address)), ...form };
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return Promise.all([1, 2].map(() => browser.post(address, sent, { cookie })));
}

const said = ({ status, headers, body }: BrowserAnswer) => ({
  status,
  location: headers['location'],
  cookie: headers['set-cookie'],
  body,
});

function expectSame([one, two]: readonly BrowserAnswer[], status: number): void {
  expect(one?.status).toBe(status);
  expect(two && said(two)).toEqual(one && said(one));
}

async function countEvents(kind: string, { address }: PsuAtBank): Promise<number> {
  const rows = await pages.world.database.query(
    `select id from audit_event where kind = $1 and detail->>'authorization' = $2`,
    [kind, address.split('/').at(-1)],
  );
  return rows.length;
}

describe.each(eachStore)('a form that is sent twice on %s', (_kind, open) => {
  beforeAll(async () => {
    pages = await openAuthorizationPages(open);
  }, 120_000);
  afterAll(() => pages.close());
  beforeEach(() => pages.reset());

  it('A29 agreement leads to the same code, until it is spent', async () => {
    const psu = await pages.reachConsent();
    const form = { form_token: formTokenOf(psu.page), answer: 'agree', account: accountsOf(psu.page) };
    const answers = await Promise.all([1, 2, 3].map(() => psu.browser.post(psu.address, form)));
    expect(new Set(answers.map(locationOf)).size).toBe(1);
    expect(await countEvents('consent-given', psu)).toBe(1);
    const { code = '' } = returned(answers[0] as BrowserAnswer);
    expect(code).toMatch(/^[\w-]{43}$/);
    pages.world.advance(59);
    expect(locationOf(await psu.browser.post(psu.address, form))).toBe(locationOf(answers[0] as BrowserAnswer));
    expect((await psu.browser.get(psu.address)).status).toBe(404);
    expect(await spendCode(pages.world.database, hashSecret(code), pages.world.now)).toBe(true);
    expect((await psu.browser.post(psu.address, form)).status).toBe(404);
  });

  it('A29 agreement leads nowhere any more after a minute, or from another browser, or with other accounts', async () => {
    const psu = await pages.reachConsent();
    const form = { form_token: formTokenOf(psu.page), answer: 'agree', account: accountsOf(psu.page) };
    expect((await psu.browser.post(psu.address, form)).status).toBe(303);
    expect((await pages.newBrowser().post(psu.address, form)).status).toBe(404);
    expect((await psu.browser.post(psu.address, { ...form, account: form.account.slice(1) })).status).toBe(404);
    pages.world.advance(60);
    expect((await psu.browser.post(psu.address, form)).status).toBe(404);
  });

  it('the store holds neither the code nor the address that it is brought to', async () => {
    const psu = await pages.reachConsent();
    const location = locationOf(await psu.agree());
    const rows = await pages.world.database.query<{ sealed: Uint8Array }>('select sealed from form_answer');
    const text = Buffer.concat(rows.map(({ sealed }) => Buffer.from(sealed))).toString('latin1');
    expect(rows.length).toBeGreaterThan(0);
    for (const part of [new URL(location).searchParams.get('code') ?? '', 'tpp.example']) {
      expect(text).not.toContain(part);
      expect(text).not.toContain(Buffer.from(part).toString('base64').slice(0, 12));
    }
  });

  it('sign-in leads to the second page with the same cookie, and one code is sent', async () => {
    await pages.clearPhones();
    const psu = await pages.begin();
    const answers = await sendTwice(psu, { answer: 'continue', user: 'camille', password: 'camille-demo' });
    expectSame(answers, 303);
    expect(await countEvents('psu-signed-in', psu)).toBe(1);
    expect((await pages.world.database.query('select psu from simulated_message')).length).toBe(1);
    expect((await psu.confirm()).status).toBe(303);
  });

  it('a wrong password counts once', async () => {
    const psu = await pages.begin();
    const answers = await sendTwice(psu, { answer: 'continue', user: 'camille', password: 'wrong' });
    expectSame(answers, 422);
    expect(answers[0]?.body).toContain('4');
    expect(await countEvents('psu-sign-in-failed', psu)).toBe(1);
  });

  it('a wrong code counts once, and a right one leads to the accounts both times', async () => {
    const psu = await pages.begin();
    await psu.signIn();
    expectSame(await sendTwice(psu, { answer: 'continue', code: 'wrong' }), 422);
    expect(await countEvents('psu-second-factor-failed', psu)).toBe(1);
    expectSame(await sendTwice(psu, { answer: 'continue', code: await psu.phone() }), 303);
    expect(await countEvents('psu-authenticated', psu)).toBe(1);
  });

  it('a refusal is told to the third party both times', async () => {
    const psu = await pages.begin();
    const answers = await sendTwice(psu, { answer: 'refuse' });
    expectSame(answers, 303);
    expect(returned(answers[1] as BrowserAnswer)).toMatchObject({ error: 'access_denied', state: 's1' });
    expect(await countEvents('consent-refused', psu)).toBe(1);
  });

  it('a form of a page that was shown again is another one', async () => {
    const psu = await pages.begin();
    const wrong = { answer: 'continue', user: 'camille', password: 'wrong' };
    expect((await psu.submit(wrong)).body).toBeDefined();
    expect((await psu.submit(wrong)).status).toBe(422);
    expect(await countEvents('psu-sign-in-failed', psu)).toBe(2);
  });
});

describe('a secret that somebody else put into the browser', () => {
  beforeAll(async () => {
    pages = await openAuthorizationPages((eachStore[0] as (typeof eachStore)[0])[1]);
  }, 120_000);
  afterAll(() => pages.close());

  it('opens nothing once somebody has signed in', async () => {
    const planted = ['__Host-postern-authorization', 'p'.repeat(43)] as const;
    const [victim, attacker] = [pages.newBrowser(), pages.newBrowser()];
    for (const { cookies } of [victim, attacker]) cookies.set(...planted);
    const psu = await pages.begin({}, victim);
    expect((await attacker.get(psu.address)).status).toBe(200);
    await psu.signIn();
    expect((await victim.get(psu.address)).body).toContain('name="code"');
    expect((await attacker.get(psu.address)).status).toBe(404);
    await psu.confirm();
    expect((await attacker.get(psu.address)).status).toBe(404);
    expect((await victim.get(psu.address)).body).toContain('name="account"');
    const [[name, secret] = ['', '']] = [...victim.cookies].filter(([each]) => each !== planted[0]);
    expect(name).toBe(`${planted[0]}-${psu.address.split('/').at(-1)}`);
    expect(secret).not.toBe(planted[1]);
  });
});
