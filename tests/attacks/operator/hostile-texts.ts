import { describe, expect, it } from 'vitest';
import { connectAs } from '../../../tpp/src/journey/party.js';
import { redirectUriOf } from '../../../tpp/src/journey/steps-registration.js';
import { buildClientMetadata } from '../../../tpp/src/registration/build-client-metadata.js';
import { registerClient } from '../../../tpp/src/registration/register-client.js';
import { newRsa, requestText } from '../../material/certification-request.js';
import { answerWith } from '../../material/console-form.js';
import { equip, openTppWorld } from '../../material/enroll.js';
import type { OperatorWorld } from '../../material/operator-world.js';
import { locationOf, type PsuBrowser } from '../../material/psu-browser.js';
import { sendOverTls } from '../../material/send-over-tls.js';

/** An element and an attribute, from the text of an element and from the value of an attribute of either quote. */
const markup = `'"></bdi></title><hack onload=alert(1)>`;

/** The name of a person, as an identity provider may have it. */
export const hostileName = `Mallory ${markup}`;

/** Texts that strangers have written, wherever somebody of the bank reads them. */
export function describeHostileTexts(of: () => OperatorWorld): void {
  describe('a hostile text', () => {
    const writtenBy = { organizationName: `Firm ${markup}` };

    /** Everything that anybody outside can write so that it stands on a page of the console. */
    async function writeEverywhere(): Promise<Readonly<Record<'request' | 'client', string>>> {
      const { addresses, ca } = of().bank;
      const asked = await sendOverTls({
        method: 'POST',
        url: `${addresses.api}/sandbox/second-bank/certificates`,
        ca,
        headers: { 'content-type': 'application/json', 'user-agent': `Agent ${markup}` },
        body: JSON.stringify({
          organization_name: `Applicant ${markup}`,
          contact: 'dev+hack@pousse.example',
          roles: ['PSP_AI'],
          website_csr: requestText(newRsa()),
          seal_csr: requestText(newRsa()),
        }),
      });
      expect(asked.status, asked.text).toBe(202);
      const written = await sendOverTls({
        method: 'POST',
        url: `${addresses.web}/demo-bank/en/developers/contact`,
        ca,
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: addresses.web },
        body: new URLSearchParams({
          kind: 'fault',
          message: `Message ${markup}\n\u202eturned`,
          page: '',
          email: '',
        }).toString(),
      });
      expect(written.status, written.text).toBe(200);
      const tpp = openTppWorld(of().bank);
      try {
        const party = await equip(tpp, ['PSP_AI'], writtenBy);
        const metadata = buildClientMetadata({
          clientName: `App \u0430 ${markup}`,
          redirectUris: [redirectUriOf(party)],
          scope: 'aisp',
          contacts: ['a@tpp.example'],
          sealPaths: [party.seal?.path ?? ''],
        });
        const names = { 'client_name#fr': `Appli ${markup}`, 'client_name#el': `\u0395\u03c6\u03b1\u03c1 ${markup}` };
        const { clientId } = await registerClient(connectAs(tpp, party), tpp.bank, { ...metadata, ...names });
        return { request: `/en/requests/${String(asked.json['id'])}`, client: `/en/clients/${clientId}` };
      } finally {
        tpp.close();
      }
    }

    async function readEverywhere(browser: PsuBrowser, lists: readonly string[]): Promise<Map<string, string>> {
      const pages = new Map<string, string>();
      for (const list of lists) {
        const { status, body } = await browser.get(list);
        expect(status, list).toBe(200);
        pages.set(list, body);
        const found = body.matchAll(/href="(\/(?:fr|en)\/(?:requests|names|clients|feedback)\/[^"?]+)"/g);
        for (const [, address = ''] of found) pages.set(address, (await browser.get(address)).body);
      }
      return pages;
    }

    it('O7: is read as it was written on every page of the console, and adds no element and no attribute', async () => {
      const { request, client } = await writeEverywhere();
      const mallory = await of().enter('mallory-4');
      await answerWith(mallory, request, { answer: 'approve', reason: `Reason ${markup}` });
      await answerWith(mallory, client, { answer: 'suspend', reason: `Suspended ${markup}` });
      const sought = encodeURIComponent(`Sought ${markup}`);
      for (const lang of ['en', 'fr']) {
        const lists = ['', '/requests', '/names', '/feedback', '/history', `/clients?sought=${sought}`];
        const pages = await readEverywhere(mallory, [
          ...lists.map((list) => `/${lang}${list}`),
          client.replace('/en/', `/${lang}/`),
          request.replace('/en/', `/${lang}/`),
        ]);
        const again = await answerWith(mallory, client.replace('/en/', `/${lang}/`), {
          answer: 'restore',
          reason: `${markup}${'x'.repeat(301)}`,
        });
        pages.set(`${lang} again`, again.body);
        for (const [page, body] of pages) expectInert(page, body);
        const everything = [...pages.values()].join('\n');
        const known = [
          'Applicant',
          'Message',
          'App \u0430',
          'Appli',
          '\u0395\u03c6\u03b1\u03c1',
          'Firm',
          'Mallory',
          'Reason',
          'Suspended',
          'Sought',
        ];
        for (const text of known) expect(everything, text).toContain(`${text} '`);
      }
    });

    it('O7: nor does what an address or an identity provider says', async () => {
      const browser = of().browse();
      const started = new URL(locationOf(await browser.get('/en/sign-in/start')));
      const state = started.searchParams.get('state') ?? '';
      const more = new URLSearchParams({ state, error: markup, error_description: markup, iss: of().provider.issuer });
      for (const target of [
        `/sign-in/callback?${more}`,
        `/en/sign-in?leave=${encodeURIComponent(markup)}&link=${encodeURIComponent(markup)}`,
        `/en/${encodeURIComponent(markup)}`,
        `/fr/requests/${encodeURIComponent(markup)}`,
      ])
        expectInert(target, (await browser.get(target)).body);
    });

    it('O9: makes no line of its own in the log, and steers no terminal', async () => {
      const steering = '\r\n{"level":50,"msg":"forged"}\u001b[2J\u001b]0;owned\u0007\u2028\u0085';
      const alice = await of().enter('alice-1');
      const browser = of().browse();
      const started = new URL(locationOf(await browser.get('/en/sign-in/start')));
      const state = started.searchParams.get('state') ?? '';
      const more = {
        state,
        error: 'server_error',
        error_description: `described ${steering}`,
        iss: of().provider.issuer,
      };
      expect((await browser.get(`/sign-in/callback?${new URLSearchParams(more)}`)).status).toBe(400);
      const url = `/en/requests/${encodeURIComponent(steering)}`;
      await alice.get(url);
      await alice.get(`/en/clients?sought=${encodeURIComponent(steering)}`);
      await alice.get(`/en/history?before=${encodeURIComponent(steering)}`);
      await alice.get('/en', { 'user-agent': 'Agent \u00ff{"level":50}' });
      await alice.post('/en/sign-out', { form_token: steering, answer: steering, reason: steering });
      for (const path of ['/demo-bank/certificate-check', `/demo-bank/${encodeURIComponent(steering)}`])
        await sendOverTls({
          method: 'POST',
          url: `${of().first.api}${path}`,
          ca: of().bank.ca,
          headers: { host: new URL(of().bank.addresses.api).host, 'content-type': 'application/json' },
          body: JSON.stringify({ client_name: steering, [steering]: steering }),
        });
      const applied = await of().apply('Journal SAS');
      const bob = await of().enter('bob-2');
      const answer = await answerWith(bob, `/en/requests/${String(applied.json['id'])}`, {
        answer: 'refuse',
        reason: `No such firm ${steering}`,
      });
      expect(answer.status).toBe(422);

      const said = of().first.said();
      expect(said).toContain('"code":"OPERATOR_SIGN_IN_FAILED"');
      const lines = said.split('\n').filter((line) => line.startsWith('{'));
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) expect(Object.keys(JSON.parse(line) as object).slice(0, 2)).toEqual(['level', 'time']);
      expect(said).not.toMatch(/^\{"level":50,"msg":"forged"/m);
      expect(said.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    });
  });
}

/** The text stands on the page as text alone, if at all. */
function expectInert(page: string, body: string): void {
  expect(body, page).not.toMatch(/<hack/i);
  const tags = body
    .split('<')
    .slice(1)
    .map((tag) => tag.replaceAll(/"[^"]*"/g, '""').split('>')[0]);
  expect(tags.join('<'), page).not.toMatch(/onload|alert|hack/i);
  expect(body.match(/<\/title>/g), page).toHaveLength(1);
  for (const part of body.split('\u202e').slice(1)) expect(part.split('<')[1], page).toMatch(/^\/bdi>/);
}
