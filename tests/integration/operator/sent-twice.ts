import { describe, expect, it } from 'vitest';
import { hiddenFieldsOf } from '../../material/console-form.js';
import type { OperatorWorld } from '../../material/operator-world.js';
import { type BrowserAnswer, formTokenOf, locationOf, type PsuBrowser } from '../../material/psu-browser.js';

/** A form of the console that is sent twice, as by a double click. */
export function describeSentTwice(of: () => OperatorWorld): void {
  /** With the cookies that the browser had before either answer. */
  async function sendTwice(browser: PsuBrowser, address: string, form: Readonly<Record<string, string>>) {
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return Promise.all([1, 2].map(() => browser.post(address, form, { cookie })));
  }

  function expectSame([one, two]: readonly BrowserAnswer[], place: string): void {
    expect([one?.status, one && locationOf(one)], one?.body).toEqual([303, place]);
    expect([two?.status, two?.headers['location'], two?.headers['set-cookie']], two?.body).toEqual([
      303,
      place,
      one?.headers['set-cookie'],
    ]);
  }

  describe('a form that is sent twice', () => {
    it('decides once, and both answers lead on', async () => {
      const applied = await of().apply('Double Clic SAS');
      const address = `/en/requests/${String(applied.json['id'])}`;
      const alice = await of().enter('alice-1');
      const page = await alice.get(address);
      const form = { ...hiddenFieldsOf(page, address), answer: 'refuse', reason: 'Twice' };
      expectSame(await sendTwice(alice, address, form), address);
      const told = (await of().eventsOf('sandbox-decided')).filter(({ reason }) => reason === 'Twice');
      expect(told).toHaveLength(1);
    });

    it('signs out once, and both answers say so', async () => {
      const alice = await of().enter('alice-1');
      const form_token = formTokenOf(await alice.get('/en'));
      expectSame(await sendTwice(alice, '/en/sign-out', { form_token }), '/en/sign-in?leave=signed-out');
    });

    it('enters by a link once, and both answers bring the same session', async () => {
      const { second, database } = of();
      const browser = of().browse(second);
      await browser.get('/en/sign-in');
      await expect
        .poll(async () => {
          const link = [...second.said().matchAll(/link=([\w-]{43})/g)].at(-1)?.[1];
          const unused = 'select 1 as one from operator_link where used_at is null';
          return link !== undefined && (await database.query(unused)).length === 1;
        })
        .toBe(true);
      const link = [...second.said().matchAll(/link=([\w-]{43})/g)].at(-1)?.[1] ?? '';
      const form = { link, form_token: formTokenOf(await browser.get(`/en/sign-in?link=${link}`)) };
      const answers = await Promise.all([1, 2].map(() => browser.post('/en/sign-in', form)));
      expectSame(answers, '/en');
      const other = { ...form, form_token: formTokenOf(await browser.get(`/en/sign-in?link=${link}`)) };
      expect((await of().browse(second).post('/en/sign-in', other)).status).toBe(400);
    });
  });
}
