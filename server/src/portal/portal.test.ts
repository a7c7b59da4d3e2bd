import { mkdirSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { refusalCatalog } from '@postern/core/refusal/refusal-catalog.js';
import { textsOf } from '@postern/web/texts/texts-of.js';
import type { PortalPage } from '@postern/web/views/portal-navigation.js';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describePortal } from '../commands/describe-portal.js';
import { configSchema } from '../config-schema.js';
import { explorerRoutes } from '../explorer/explorer-routes.js';
import { createSite } from '../http/site.js';
import { describeInterfaces, openapiRoutes } from '../openapi/route.js';
import { listRealms } from '../realm.js';
import { sandboxPageRoutes } from '../sandbox/pages/sandbox-page-routes.js';
import { listPortalPages } from './environment-addresses.js';
import type { FeedbackCall } from './receive-feedback.js';
import { portalRoutes } from './route.js';

const now = new Date('2026-11-22T10:00:00Z');
const tls = { key: { file: 'key.pem' }, certificate: { file: 'certificate.pem' } };
const name = (fr: string, en: string) => ({ fr, en });
const config = configSchema.parse({
  installation: { name: 'A group' },
  listeners: {
    api: { port: 1, publicUrl: 'https://api.bank.example', tls },
    web: { port: 2, publicUrl: 'https://www.bank.example', tls },
    management: { port: 3 },
  },
  store: { kind: 'embedded', directory: 'store' },
  trust: { lotl: { url: 'https://lists.example/lotl.xml', signers: { file: 'signers.pem' } } },
  register: {},
  cacheDirectory: 'cache',
  sandbox: { directory: 'sandbox' },
  qualification: { hostCountry: 'FR' },
  tokens: { signingKeys: [{ file: 'key.pem' }], accessTokenSeconds: 420 },
  brands: [
    {
      id: 'a-bank',
      name: name('La Banque', 'The Bank'),
      color: '#00558c',
      contacts: {
        email: 'psd2@bank.example',
        phone: '+33 1 23 45 67 89',
        hours: name('de 9 h à 18 h', '9 to 18 h'),
      },
      changes: [
        { id: 'older', announced: '2026-01-02', title: name('Avant', 'Before'), text: name('Un', 'One') },
        {
          id: 'newer',
          announced: '2026-06-01',
          effective: '2026-09-01',
          title: name('Après & plus', 'After & more'),
          text: name('Deux', 'Two'),
        },
      ],
    },
  ],
});

const by = { errorsPage: 'https://www.bank.example/errors', testCertificates: true };

let app: FastifyInstance;
/** No form here comes from a page, so that none can be sent twice. */
const answers = { claim: () => Promise.reject(new Error('no form has a token here')) };
const received: FeedbackCall[] = [];

beforeAll(() => {
  app = fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  for (const realm of listRealms(config)) openapiRoutes(app, realm, describeInterfaces(realm, by));
  const sandboxes = listRealms(config).filter(({ environment }) => environment === 'sandbox');
  const pagesBeside = sandboxes.flatMap((realm) => {
    const navigationIn = (lang: 'fr' | 'en') => listPortalPages(listRealms(config), lang);
    return [
      ...explorerRoutes(app, realm, {
        navigationIn,
        contextOf: (lang) =>
          createSite(config).pageContext(realm, lang, {
            fr: navigationIn('fr').journey,
            en: navigationIn('en').journey,
          }),
        explorer: undefined,
        unavailable: 'operator',
        answers,
      }),
      ...sandboxPageRoutes(app, realm, {
        site: createSite(config),
        clock: () => now,
        answers,
        navigationIn,
        sandbox: undefined,
      }),
    ];
  });
  portalRoutes(app, {
    site: createSite(config),
    config,
    realms: listRealms(config),
    clock: () => now,
    describe: describePortal,
    look: () => Promise.reject(new Error('nothing is judged here')),
    receiveFeedback: async (call) => {
      received.push(call);
      return 'the-reference';
    },
    documentsOf: (realm) => describeInterfaces(realm, by),
    answers,
    pagesBeside,
    readStatus: async () => [
      { name: 'store', state: 'ok' },
      { name: 'register', state: 'failed' },
    ],
  });
});

afterAll(() => app.close());

const get = async (url: string) => app.inject({ method: 'GET', url });
/** What is transferred to a browser. */
const weigh = async (url: string) =>
  (await app.inject({ method: 'GET', url, headers: { 'accept-encoding': 'gzip, deflate, br' } })).rawPayload.length;
const langs = ['fr', 'en'] as const;
const pages = langs.flatMap((lang) =>
  Object.entries(listPortalPages(listRealms(config), lang))
    .filter(([page]) => page !== 'index' && page !== 'pages' && page !== 'lacks')
    .map(([page, url]) => ({ page, lang, url })),
);

describe.each(pages)('$page in $lang', ({ url, lang }) => {
  it('answers, in its language, and is light', async () => {
    const { statusCode, body, headers } = await get(url);
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).toContain(`<html lang="${lang}">`);
    expect(body).toMatch(/<meta name="description" content="[^"<>]{20,}"\/>/);
    const style = /href="(\/assets\/postern[^"]+)"/.exec(body)?.[1] ?? '';
    expect((await weigh(url)) + (await weigh(style))).toBeLessThanOrEqual(60 * 1024);
    keep(url, body);
  });

  it('leads nowhere that does not answer', async () => {
    const { body } = await get(url);
    const addresses = new Set([...body.matchAll(/\s(?:href|action)="(\/[^"]*)"/g)].map((match) => match[1] ?? ''));
    expect(addresses.size).toBeGreaterThan(10);
    for (const address of addresses) {
      const [path = '', fragment] = address.replaceAll('&amp;', '&').split('#');
      const answer = await get(path);
      expect(answer.statusCode, address).toBe(200);
      if (fragment !== undefined) expect(answer.body, address).toContain(`id="${fragment}"`);
    }
  });

  it('answers no other method', async () => {
    expect((await app.inject({ method: 'DELETE', url })).statusCode).toBeGreaterThanOrEqual(400);
  });
});

describe('the pages of errors', () => {
  it.each(langs)('name every code of the catalogue and no other, in %s', async (lang) => {
    const { body } = await get(listPortalPages(listRealms(config), lang).errors);
    const codes = [...body.matchAll(/<section id="([A-Z_]+)"/g)].map((match) => match[1]);
    expect(codes).toEqual(Object.keys(refusalCatalog));
  });
});

describe('a page that stays the same', () => {
  const ask = (coding?: string) =>
    app.inject({
      method: 'GET',
      url: '/a-bank/en/developers/errors',
      headers: coding === undefined ? {} : { 'accept-encoding': coding },
    });

  it('comes compressed to who takes it, and only then', async () => {
    const plain = await ask();
    expect(plain.headers['vary']).toBe('Accept-Encoding');
    for (const coding of ['br', 'gzip;q=0', 'gzip; q=0.000', '*']) {
      const answer = await ask(coding);
      expect(answer.headers['content-encoding'], coding).toBeUndefined();
      expect(answer.body).toBe(plain.body);
    }
    for (const coding of ['gzip', 'deflate, GZIP;q=0.5', 'br, gzip; q=1']) {
      const answer = await ask(coding);
      expect(answer.headers['content-encoding'], coding).toBe('gzip');
      expect(gunzipSync(answer.rawPayload).toString()).toBe(plain.body);
    }
  });
});

describe('what the articles say', () => {
  it('is what is configured', async () => {
    expect((await get('/a-bank/en/developers/oauth2-endpoints')).body).toContain('The access token lives 7 minutes.');
    expect((await get('/a-bank/fr/developers/oauth2-endpoints')).body).toMatch(/vit 7\s+minutes/);
  });

  it('names no detail of what does not work', async () => {
    const { body } = await get('/a-bank/en/developers/status');
    expect(body).toContain('Does not work');
    expect(body).toContain('22 November 2026');
  });

  it('tells changes newest first, on the page and in the feed', async () => {
    const { body } = await get('/a-bank/en/developers/changes');
    expect(body.indexOf('After &amp; more')).toBeGreaterThan(0);
    expect(body.indexOf('After &amp; more')).toBeLessThan(body.indexOf('Before'));
    expect(body).toContain('In force from <time datetime="2026-09-01">1 September 2026</time>');
    const feed = await get('/a-bank/fr/developers/changes.atom');
    expect(feed.headers['content-type']).toBe('application/atom+xml; charset=utf-8');
    expect(feed.body).toContain('<title>Après &amp; plus</title>');
    expect(feed.body).toContain('<updated>2026-06-01T00:00:00.000Z</updated>');
    expect(feed.body).toContain('https://www.bank.example/a-bank/fr/developers/changes#newer');
  });
});

describe('the tools', () => {
  const post = (page: string, form: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: `/a-bank/fr/developers/${page}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(form).toString(),
    });

  it.each([
    'certificate-inspector',
    'signing-bench',
  ])('K13: %s refuses a private key with a clear word', async (page) => {
    const secret = `-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\n-----END PRIVATE KEY-----`;
    const answer = await post(page, { certificate: secret, request: 'GET / HTTP/1.1' });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('Ce texte contient une clé privée.');
    expect(answer.body).not.toContain('MIIEvQIBADANBgkq');
  });

  it('say when nothing was pasted', async () => {
    expect((await post('certificate-inspector', {})).body).toContain('Un champ est vide');
    expect((await post('signing-bench', { request: '</textarea><script>' })).body).not.toContain('<script');
  });
});

describe('the contact page', () => {
  const url = '/a-bank/en/developers/contact';
  const post = (form: Record<string, string>, headers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: new URLSearchParams(form).toString(),
    });
  const right = { kind: 'fault', page: 'errors', message: 'It is <b>wrong</b>.\r\nHere.', email: 'dev@tpp.example' };

  it('names the contacts that are configured, in the language of the page', async () => {
    const { body } = await get('/a-bank/fr/developers/contact?page=sandbox');
    expect(body).toContain('<a href="mailto:psd2@bank.example">psd2@bank.example</a>');
    expect(body).toContain('<a href="tel:+33123456789">+33 1 23 45 67 89</a>');
    expect(body).toContain('de 9 h à 18 h');
    expect(body).toMatch(/<option[^>]* selected[^>]*value="sandbox"|<option value="sandbox" selected/);
  });

  it('takes a message and answers with its reference', async () => {
    const answer = await post(right);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('the-reference');
    expect(received.at(-1)?.feedback).toEqual({
      kind: 'fault',
      page: 'errors',
      message: 'It is <b>wrong</b>.\nHere.',
      email: 'dev@tpp.example',
      brand: 'a-bank',
      lang: 'en',
    });
  });

  it('tells everything that is wrong at once, each with a link to its field, and keeps what was typed', async () => {
    const answer = await post({ message: '', email: '"><script>alert(1)</script>' });
    expect(answer.statusCode).toBe(400);
    for (const field of ['kind-question', 'message', 'email']) {
      expect(answer.body).toContain(`<a href="#${field}">`);
      expect(answer.body).toContain(`id="${field}"`);
    }
    expect(answer.body).toContain('value="&quot;>&lt;script>');
    expect(answer.body).not.toContain('<script');
    expect(answer.body).toContain('<title>Error: ');
  });

  it.each([
    'dev@tpp.example\r\nBcc: all@tpp.example',
    'dev@tpp.example\nSubject: x',
    'dev@tpp.example, other@tpp.example',
    'Dev <dev@tpp.example>',
    'dev@tpp.example\0',
    'dev@localhost',
  ])('K14: takes %j for no address', async (email) => {
    expect((await post({ ...right, email })).statusCode).toBeGreaterThanOrEqual(400);
  });

  it('bounds the message, and keeps no control characters of it', async () => {
    expect((await post({ ...right, message: 'x'.repeat(4_001) })).body).toContain('Shorten the message');
    await post({ ...right, message: 'a\u001b[31mb\u0007\tc' });
    expect(received.at(-1)?.feedback.message).toBe('a[31mb\tc');
  });

  it('keeps nothing of a message that holds a private key, and says so', async () => {
    const before = received.length;
    const message = 'It fails:\n-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\n-----END PRIVATE KEY-----';
    const answer = await post({ ...right, message });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('held a private key');
    expect(answer.body).not.toContain('MIIEvQ');
    expect(received).toHaveLength(before);
  });

  it('refuses what another site sends, and pages that it did not offer', async () => {
    const before = received.length;
    const foreign = await post(right, { origin: 'https://evil.example' });
    expect(foreign.statusCode).toBeGreaterThanOrEqual(400);
    expect((await post(right, { 'sec-fetch-site': 'cross-site' })).statusCode).toBeGreaterThanOrEqual(400);
    expect((await post({ ...right, page: 'elsewhere' })).statusCode).toBeGreaterThanOrEqual(400);
    expect(received).toHaveLength(before);
  });
});

describe('the search', () => {
  const find = async (query: string, lang = 'en') =>
    (await get(`/a-bank/${lang}/developers/search?q=${encodeURIComponent(query)}`)).body;

  it('finds an error code by its name', async () => {
    expect(await find('signature_key_unknown')).toContain('/a-bank/en/developers/errors#SIGNATURE_KEY_UNKNOWN');
  });

  it.each(pages)('finds the page $page by its own title and by its heading, in $lang', async ({ page, url, lang }) => {
    const title = textsOf(lang).shell.pages[page as PortalPage];
    const { body } = await get(url);
    const heading = /<h1[^>]*>([^<]+)<\/h1>/.exec(body)?.[1] ?? '';
    for (const query of [title, heading.replaceAll('&amp;', '&'), title.toUpperCase()]) {
      const [, first] = /<ol class="results"><li><a href="([^"]+)">/.exec(await find(query, lang)) ?? [];
      expect(first, query).toBe(url);
    }
  });

  it('finds words without accents and case', async () => {
    expect(await find('AUTHENTIFICATION revoque', 'fr')).not.toContain('<script');
    expect(await find('metadonnees', 'fr')).toContain('/a-bank/fr/developers/oauth2-endpoints#metadata');
  });

  it('says when there is nothing', async () => {
    expect(await find('xylophone')).toContain('Nothing was found.');
  });

  it.each([
    '"><script>alert(1)</script>',
    '\0',
    'x'.repeat(5_000),
    '%',
    '(((((',
    '{bank}',
  ])('takes %j for words', async (query) => {
    const body = await find(query);
    expect(body).not.toContain('<script');
    expect(body).toMatch(/Nothing was found|results?<|Type what/);
  });

  it('reads a repeated parameter as nothing asked', async () => {
    expect((await get('/a-bank/en/developers/search?q=a&q=b')).body).toContain('Type what you are looking for');
  });
});

/** For a look by hand: `PORTAL_PAGES=folder` keeps the pages as files. */
function keep(url: string, body: string): void {
  const folder = process.env['PORTAL_PAGES'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${url.replaceAll('/', '_')}.html`, body);
}
