import { describe, expect, it } from 'vitest';
import { connectAs } from '../../../tpp/src/journey/party.js';
import { redirectUriOf } from '../../../tpp/src/journey/steps-registration.js';
import { buildClientMetadata } from '../../../tpp/src/registration/build-client-metadata.js';
import { registerClient } from '../../../tpp/src/registration/register-client.js';
import { answerWith, hiddenFieldsOf, refusalIn } from '../../material/console-form.js';
import { enroll, equip, openTppWorld, type TppWorld } from '../../material/enroll.js';
import type { OperatorWorld } from '../../material/operator-world.js';
import { type BrowserAnswer, type FormFields, locationOf, type PsuBrowser } from '../../material/psu-browser.js';
import { sendOverTls } from '../../material/send-over-tls.js';

/** Four eyes, what has changed since it was shown, and forms that are sent twice. */
export function describeDecisions(of: () => OperatorWorld): void {
  describe('a decision', () => {
    const openForm = async (browser: PsuBrowser, url: string, form: FormFields) => {
      const filled = { ...hiddenFieldsOf(await browser.get(url), url), ...form };
      expect(Object.keys(filled)).toContain('shown');
      return () => browser.post(url, filled);
    };
    const expectConflict = (answer: BrowserAnswer) =>
      expect([answer.status, refusalIn(answer)]).toEqual([409, 'DECISION_NOT_POSSIBLE']);
    const apply = async (name: string) => {
      const applied = await of().apply(name);
      return { applied, url: `/en/requests/${String(applied.json['id'])}` };
    };
    const approve = { answer: 'approve', reason: '' };
    const withTpp = async <T>(use: (tpp: TppWorld) => Promise<T>): Promise<T> => {
      const tpp = openTppWorld(of().bank);
      try {
        return await use(tpp);
      } finally {
        tpp.close();
      }
    };
    const countOf = async (kind: string, key: string, value: string) =>
      (await of().eventsOf(kind)).filter((event) => event[key] === value).length;

    it('O4: of one person is not that of two, in whichever session, language or browser', async () => {
      const { applied, url } = await apply('Seul SAS');
      const alice = await of().enter('alice-1');
      const again = await of().enter('alice-1');
      const inFrench = url.replace('/en/', '/fr/');
      const older = await openForm(again, inFrench, approve);
      expect((await answerWith(alice, url, approve)).status).toBe(303);
      expectConflict(await older());
      expectConflict(await answerWith(again, inFrench, approve));
      expectConflict(await answerWith(alice, url, approve));
      const atThird = await of().enter('alice-1', of().third);
      expectConflict(await answerWith(atThird, url, approve));
      expect((await of().readAsOwner(applied)).json).toMatchObject({ state: 'waiting', certificates: [] });
      expect(await countOf('sandbox-approved', 'applicant', String(applied.json['id']))).toBe(1);
      const bob = await of().enter('bob-2');
      expect((await answerWith(bob, url, approve)).status).toBe(303);
      expect((await of().readAsOwner(applied)).json).toMatchObject({ state: 'issued' });
    });

    it('O5: on a request that somebody has agreed to since is refused, because it would do something else now', async () => {
      const { applied, url } = await apply('Dépassée SAS');
      const alice = await of().enter('alice-1');
      const bob = await of().enter('bob-2');
      const stale = await openForm(bob, url, approve);
      expect((await answerWith(alice, url, approve)).status).toBe(303);
      const refused = await stale();
      expectConflict(refused);
      expect(refused.body).toContain(`<a class="action" href="${url}">Open it again</a>`);
      expect((await of().readAsOwner(applied)).json).toMatchObject({ state: 'waiting' });
      expect((await answerWith(bob, url, approve)).status).toBe(303);
    });

    it('O5: takes the digest of what is there and no other', async () => {
      const { applied, url } = await apply('Empreinte SAS');
      const other = await apply('Autre empreinte SAS');
      const alice = await of().enter('alice-1');
      const hidden = hiddenFieldsOf(await alice.get(url), url);
      const shownThere = hiddenFieldsOf(await alice.get(other.url), other.url)['shown'] ?? '';
      for (const shown of ['', 'x', shownThere, `${hidden['shown']} `])
        expectConflict(await alice.post(url, { ...hidden, ...approve, shown }));
      const { shown: _none, ...without } = hidden;
      expectConflict(await alice.post(url, { ...without, ...approve }));
      expect((await of().readAsOwner(applied)).json).toMatchObject({ state: 'waiting' });
      expect(await countOf('sandbox-approved', 'applicant', String(applied.json['id']))).toBe(0);
      expect((await alice.post(url, { ...hidden, ...approve })).status).toBe(303);
    });

    it('O5: on names that the third party has changed since releases neither the old nor the new ones', async () => {
      await withTpp(async (tpp) => {
        const party = await equip(tpp);
        const metadata = {
          ...buildClientMetadata({
            clientName: 'B\u0430nque un',
            redirectUris: [redirectUriOf(party)],
            scope: 'aisp',
            sealPaths: [party.seal?.path ?? ''],
          }),
        };
        const registered = await registerClient(connectAs(tpp, party), tpp.bank, metadata);
        const alice = await of().enter('alice-1');
        const list = (await alice.get('/en/names')).body;
        const url = [...list.matchAll(/href="(\/en\/names\/[^"]+)"/g)].map(([, address = '']) => address).at(-1) ?? '';
        const stale = await openForm(alice, url, { answer: 'release', reason: '' });
        const changed = await sendOverTls({
          method: 'PUT',
          url: `${of().bank.addresses.api}/demo-bank/oauth2/registrations/${registered.clientId}`,
          ca: of().bank.ca,
          identity: { path: party.qwac?.path ?? '', key: party.qwacKey },
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...registered.metadata, client_name: 'D\u0435mo Bank' }),
        });
        expect(changed.status, changed.text).toBe(200);
        expectConflict(await stale());
        const states = 'select state from name_review where client_id = $1';
        expect(await of().database.query(states, [registered.clientId])).toEqual([{ state: 'held' }]);
      });
    });

    it('O5: on a registration that was suspended and restored since is refused', async () => {
      await withTpp(async (tpp) => {
        const { clientId } = await enroll(tpp);
        const url = `/en/clients/${clientId}`;
        const alice = await of().enter('alice-1');
        const bob = await of().enter('bob-2');
        const stale = await openForm(bob, url, { answer: 'suspend', reason: 'Mine' });
        expect((await answerWith(alice, url, { answer: 'suspend', reason: 'Hers' })).status).toBe(303);
        expectConflict(await stale());
        const reason = 'select suspension_reason from client where client_id = $1';
        expect(await of().database.query(reason, [clientId])).toEqual([{ suspension_reason: 'Hers' }]);
        const restore = await openForm(bob, url, { answer: 'restore', reason: '' });
        expect((await answerWith(alice, url, { answer: 'restore', reason: '' })).status).toBe(303);
        expect((await answerWith(alice, url, { answer: 'suspend', reason: 'Again' })).status).toBe(303);
        expectConflict(await restore());
        expect(await of().database.query(reason, [clientId])).toEqual([{ suspension_reason: 'Again' }]);
      });
    });

    it('whose form is sent twice, one after the other or at once, is answered twice alike and made once', async () => {
      const alice = await of().enter('alice-1');
      const bob = await of().enter('bob-2');
      const request = await apply('Double clic SAS');
      const clientId = await withTpp(async (tpp) => (await enroll(tpp)).clientId);
      const client = `/en/clients/${clientId}`;
      const steps = [
        { who: alice, url: request.url, form: approve },
        { who: bob, url: request.url, form: approve },
        { who: alice, url: client, form: { answer: 'suspend', reason: 'Twice' } },
        { who: bob, url: client, form: { answer: 'restore', reason: '' } },
      ];
      for (const { who, url, form } of steps) {
        const send = await openForm(who, url, form);
        const answers = [...(await Promise.all([send(), send(), send()])), await send()];
        for (const answer of answers) expect([url, answer.status, locationOf(answer)]).toEqual([url, 303, url]);
      }
      const applicant = String(request.applied.json['id']);
      expect(await countOf('sandbox-approved', 'applicant', applicant)).toBe(1);
      expect(await countOf('sandbox-decided', 'applicant', applicant)).toBe(1);
      expect((await of().readAsOwner(request.applied)).json['certificates']).toHaveLength(2);
      expect(await countOf('client-suspended', 'reason', 'Twice')).toBe(1);
    });

    it('whose form another person repeats is answered as what it is: too late', async () => {
      const { url } = await apply('Répétée SAS');
      const alice = await of().enter('alice-1');
      const bob = await of().enter('bob-2');
      const ofBob = await openForm(bob, url, { answer: 'refuse', reason: 'No such firm' });
      const ofAlice = await openForm(alice, url, { answer: 'refuse', reason: 'No such firm' });
      expect((await ofAlice()).status).toBe(303);
      expectConflict(await ofBob());
      expect((await ofAlice()).status).toBe(303);
    });
  });
}
