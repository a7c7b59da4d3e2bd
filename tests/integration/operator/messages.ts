import { describe, expect, it } from 'vitest';
import { insertFeedback } from '../../../server/src/store/feedback.js';
import { createUuid } from '../../../server/src/store/uuid.js';
import { answerWith, refusalIn, tokenOf } from '../../material/console-form.js';
import type { OperatorWorld } from '../../material/operator-world.js';
import { locationOf } from '../../material/psu-browser.js';

/** The desk of what visitors of the portal wrote. */
export function describeMessages(
  of: () => OperatorWorld,
  people: Readonly<Record<'bob-2', { readonly name: string }>>,
): void {
  describe('a message of a visitor', () => {
    const write = async (message: string, receivedAt = new Date()) => {
      const id = createUuid(receivedAt);
      const place = { brand: 'demo-bank', lang: 'fr', kind: 'fault', page: undefined } as const;
      await insertFeedback(of().database, { ...place, id, message, email: 'visitor@tpp.example', receivedAt });
      return { id, address: `/en/feedback/${id}` };
    };

    it('K14: is shown as it was written and as nothing else, open ones first, newest first', async () => {
      const now = Date.now();
      const old = await write('The older one', new Date(now - 60_000));
      const late = await write('<script>alert(1)</script>\n</p><form action="https://evil.example">', new Date(now));
      const done = await write('The one that is done', new Date(now + 60_000));
      const carol = await of().enter('carol-3');
      expect((await carol.get('/en')).body).toContain('3 open messages of visitors');
      const alice = await of().enter('alice-1');
      expect((await answerWith(alice, done.address, {})).status).toBe(303);
      const list = (await carol.get('/en/feedback')).body;
      const places = [late, old, done].map(({ address }) => list.indexOf(address));
      expect(places).toEqual([...places].sort((one, other) => one - other));
      expect(places[0]).toBeGreaterThan(0);
      const page = (await carol.get(late.address)).body;
      for (const body of [list, page]) {
        expect(body).toContain('&lt;script>alert(1)&lt;/script>');
        expect(body).not.toMatch(/<script>|<form action="https:/);
      }
      expect(page).toContain('visitor@tpp.example');
      expect((await carol.get('/en')).body).toContain('2 open messages of visitors');
    });

    it('is closed once, by who may decide, from its page, with the person in the audit', async () => {
      const { id, address } = await write('Close me');
      const carol = await of().enter('carol-3');
      expect((await carol.get(address)).body).not.toContain(`action="${address}"`);
      const refused = await carol.post(address, { form_token: tokenOf(carol, address) });
      expect([refused.status, refusalIn(refused)]).toEqual([403, 'OPERATOR_NOT_ADMITTED']);
      const bob = await of().enter('bob-2');
      const bare = await bob.post(address, {});
      expect([bare.status, refusalIn(bare)]).toEqual([403, 'FORM_REJECTED']);
      expect(await of().eventsOf('feedback-closed')).not.toContainEqual(expect.objectContaining({ feedback: id }));

      const closed = await answerWith(bob, address, {});
      expect([closed.status, locationOf(closed)]).toEqual([303, address]);
      expect((await bob.get(address)).body).toContain('bob-2');
      const twice = await bob.post(address, { form_token: tokenOf(bob, address) });
      expect([twice.status, refusalIn(twice)]).toEqual([409, 'DECISION_NOT_POSSIBLE']);
      const events = (await of().eventsOf('feedback-closed')).filter(({ feedback }) => feedback === id);
      expect(events).toEqual([{ feedback: id, by: 'bob-2', name: people['bob-2'].name, form: expect.any(String) }]);
      expect((await bob.get('/en/history')).body).toContain(id);
    });

    it('K16: is not there under an id that is none of its kind', async () => {
      const alice = await of().enter('alice-1');
      for (const id of ['00000000-0000-7000-8000-000000000000', 'x', '%27%20or%201=1']) {
        const address = `/en/feedback/${id}`;
        expect((await alice.get(address)).status, id).toBe(404);
        const form_token = tokenOf(alice, address);
        expect((await alice.post(address, { form_token })).status, id).toBeGreaterThanOrEqual(400);
      }
    });
  });
}
