import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerWith, refusalIn, tokenOf } from '../../material/console-form.js';
import { type Enrolled, enroll, openTppWorld, type TppWorld } from '../../material/enroll.js';
import type { OperatorWorld } from '../../material/operator-world.js';
import { until } from '../../material/policy-bank.js';
import type { PsuBrowser } from '../../material/psu-browser.js';
import { sendOverTls } from '../../material/send-over-tls.js';

/** The desk of registrations of third parties. */
export function describeRegistrations(
  of: () => OperatorWorld,
  people: Readonly<Record<'bob-2', { readonly name: string }>>,
): void {
  describe('a registration', () => {
    let client: Enrolled;
    let tpp: TppWorld;
    const address = () => `/en/clients/${client.clientId}`;
    const seek = (browser: PsuBrowser, sought: string) =>
      browser.get(`/en/clients?sought=${encodeURIComponent(sought)}`);
    const readOwn = () =>
      of().database.query('select suspended_at, suspension_reason from client where client_id = $1', [client.clientId]);

    const askForToken = async () => {
      const { json } = await sendOverTls({
        method: 'POST',
        url: `${of().bank.addresses.api}/demo-bank/oauth2/token`,
        ca: of().bank.ca,
        identity: client.qwac,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          client_id: client.clientId,
          grant_type: 'refresh_token',
          refresh_token: 'x',
        }).toString(),
      });
      return json['error_code'];
    };

    beforeAll(async () => {
      tpp = openTppWorld(of().bank);
      client = await enroll(tpp);
    });

    afterAll(() => tpp?.close());

    it('is found by its client_id and by the identifier of its organisation, and by nothing less', async () => {
      const carol = await of().enter('carol-3');
      const { clientId } = client;
      const [{ organization_identifier: organization = '' } = {}] = await of().database.query<{
        organization_identifier: string;
      }>('select organization_identifier from client where client_id = $1', [clientId]);
      expect((await carol.get('/en/clients')).body).not.toContain(clientId);
      for (const sought of [clientId, organization, ` ${organization} `])
        expect((await seek(carol, sought)).body, sought).toContain(`href="${address()}"`);
      for (const sought of [clientId.slice(0, -1), organization.slice(0, -1), `${organization}%`, "' or 1=1 --"]) {
        const { body } = await seek(carol, sought);
        expect(body, sought).toContain('There is no such registration');
        expect(body).not.toContain(`href="${address()}"`);
      }
      for (const sought of ['', ' ', 'x\u0000', 'x'.repeat(255)])
        expect((await seek(carol, sought)).body, sought).toContain('href="#sought"');
      const typed = (await seek(carol, '"><script>alert(1)</script>')).body;
      expect(typed).not.toContain('<script>');
      const page = (await carol.get(address())).body;
      expect(page).toContain(organization);
      expect(page).toContain('Not suspended by the bank');
      expect(page).not.toContain('name="answer"');
    });

    it('is suspended with a reason and restored, as the command line does it, with the person in the audit', async () => {
      const alice = await of().enter('alice-1');
      for (const reason of ['', ' \r\n ', 'x'.repeat(301), 'turned \u202e round']) {
        const again = await answerWith(alice, address(), { answer: 'suspend', reason });
        expect(again.status).toBe(422);
        expect(again.body).toContain('href="#reason"');
      }
      expect(await readOwn()).toEqual([{ suspended_at: null, suspension_reason: null }]);
      expect((await answerWith(alice, address(), { answer: 'restore', reason: '' })).status).toBe(409);

      const reason = 'Asks <b>again</b>';
      expect((await answerWith(alice, address(), { answer: 'suspend', reason })).status).toBe(303);
      expect(await readOwn()).toEqual([{ suspended_at: expect.any(Date), suspension_reason: reason }]);
      expect((await alice.get(address())).body).toContain('Asks &lt;b>again&lt;/b>');
      await until(async () => (await askForToken()) === 'CLIENT_SUSPENDED');
      expect((await answerWith(alice, address(), { answer: 'suspend', reason: 'Twice' })).status).toBe(409);
      expect(await of().eventsOf('client-suspended')).toEqual([
        { by: 'alice-1', name: 'Alice Martin', reason, form: expect.any(String) },
      ]);

      const bob = await of().enter('bob-2');
      expect((await answerWith(bob, address(), { answer: 'restore', reason: '' })).status).toBe(303);
      expect(await readOwn()).toEqual([{ suspended_at: null, suspension_reason: null }]);
      expect(await of().eventsOf('client-restored')).toEqual([
        { by: 'bob-2', name: people['bob-2'].name, form: expect.any(String) },
      ]);
      await until(async () => (await askForToken()) !== 'CLIENT_SUSPENDED');
      const history = (await bob.get('/en/history')).body;
      expect(history).toContain(client.clientId);
      expect(history).toContain('Registration restored');
    });

    it('stays as it is for who may only look, without the token of its page, and for an answer that no page offers', async () => {
      const carol = await of().enter('carol-3');
      const alice = await of().enter('alice-1');
      const suspend = { answer: 'suspend', reason: 'I can' };
      const looks = await carol.post(address(), { form_token: tokenOf(carol, address()), ...suspend });
      expect([looks.status, refusalIn(looks)]).toEqual([403, 'OPERATOR_NOT_ADMITTED']);
      const stolen = await alice.post(address(), { form_token: tokenOf(carol, address()), ...suspend });
      expect([stolen.status, refusalIn(stolen)]).toEqual([403, 'FORM_REJECTED']);
      const invented = await answerWith(alice, address(), { answer: 'delete', reason: 'I can' });
      expect([invented.status, refusalIn(invented)]).toEqual([403, 'FORM_REJECTED']);
      expect(await readOwn()).toEqual([{ suspended_at: null, suspension_reason: null }]);
    });

    it('K16: is not there under an id that is none of its kind', async () => {
      const alice = await of().enter('alice-1');
      for (const id of ['0'.repeat(40), 'x', '00000000-0000-7000-8000-000000000000']) {
        expect((await alice.get(`/en/clients/${id}`)).status, id).toBe(404);
        const form_token = tokenOf(alice, `/en/clients/${id}`);
        const answer = await alice.post(`/en/clients/${id}`, { form_token, answer: 'suspend', reason: 'r' });
        expect(answer.status, id).toBeGreaterThanOrEqual(400);
      }
    });
  });
}
