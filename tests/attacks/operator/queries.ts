import { describe, expect, it } from 'vitest';
import { refusalIn } from '../../material/console-form.js';
import type { OperatorWorld } from '../../material/operator-world.js';
import { listRoutes } from './console-routes.js';

const injections = [
  "' or '1'='1",
  "' or 1=1 --",
  "'; drop table audit_event; --",
  "' union select secret_hash, subject from operator_session --",
  "\\' or 1=1 --",
  '" or ""="',
  '$1',
  '$$; drop table client; $$',
  "1' and pg_sleep(60) --",
  '%',
  '_'.repeat(15),
  "x' || (select subject from operator_session limit 1) || '",
  '(select 1)',
  '1.1e99999',
  '\u02bc or 1=1',
];
const parameters = [
  'sought',
  'before',
  'after',
  'sort',
  'order',
  'filter',
  'limit',
  'offset',
  'page',
  'q',
  'state',
  'brand',
];

/** What a query or an address of the console is made of. */
export function describeQueries(of: () => OperatorWorld): void {
  describe('a list', () => {
    it('O10: is asked for nothing but what its parameters mean, whatever stands in them', async () => {
      await of().apply('Injection SAS');
      const alice = await of().enter('alice-1');
      const pages = (await listRoutes('openid', 'GET')).filter((url) => /^\/en(?!\/sign-in)/.test(url));
      const plain = new Map<string, string>();
      for (const url of pages) plain.set(url, withoutQuery((await alice.get(url)).body));
      for (const url of pages) {
        for (const name of parameters) {
          const means = (url === '/en/clients' && name === 'sought') || (url === '/en/history' && name === 'before');
          for (const text of means ? injections : injections.slice(0, 2)) {
            const answer = await alice.get(`${url}?${name}=${encodeURIComponent(text)}`);
            if (!means) expect([url, name, withoutQuery(answer.body)]).toEqual([url, name, plain.get(url)]);
            else if (name === 'before') expect([text, answer.status]).toEqual([text, 404]);
            else {
              expect([text, answer.status]).toEqual([text, 200]);
              expect(answer.body).not.toMatch(/href="\/en\/clients\/[0-9a-f]{40}"/);
            }
          }
        }
      }
    });

    it('O10: and so is what is named by an address', async () => {
      const alice = await of().enter('alice-1');
      const before = await of().database.query('select count(*) as count from audit_event where kind <> $1', [
        'request-refused',
      ]);
      for (const page of ['requests', 'names', 'clients', 'feedback'])
        for (const text of injections) {
          const answer = await alice.get(`/en/${page}/${encodeURIComponent(text)}`);
          expect([page, text, refusalIn(answer)]).toEqual([
            page,
            text,
            expect.stringMatching(/^(NOT_FOUND|REQUEST_MALFORMED)$/),
          ]);
        }
      const after = await of().database.query('select count(*) as count from audit_event where kind <> $1', [
        'request-refused',
      ]);
      expect(after).toEqual(before);
    });

    it('O8: is a page; nothing of the console is handed out as a table for a spreadsheet', async () => {
      const alice = await of().enter('alice-1');
      const pages = (await listRoutes('openid', 'GET')).filter((url) => /^\/en(?!\/sign-in)/.test(url));
      for (const url of pages)
        for (const accept of ['text/csv', 'application/vnd.ms-excel', 'application/json']) {
          const answer = await alice.get(`${url}?format=csv`, { accept });
          expect([url, answer.headers['content-type']]).toEqual([url, 'text/html; charset=utf-8']);
          expect(answer.headers['content-disposition']).toBeUndefined();
        }
      for (const name of ['export', 'export.csv', 'history.csv', 'clients.csv', 'history/export'])
        expect((await alice.get(`/en/${name}`)).status, name).toBe(404);
    });
  });
}

/** A page without what differs in any two of it: where its languages lead, tokens, the reference and the time. */
function withoutQuery(page: string): string {
  return page
    .replaceAll(/(href="\/[^"?]*)\?[^"]*"/g, '$1"')
    .replaceAll(/name="form_token" value="[^"]*"/g, '')
    .replaceAll(/<code class="correlation">[^<]*/g, '')
    .replaceAll(/<time[^>]*>[^<]*<\/time>/g, '');
}
