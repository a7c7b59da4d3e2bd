import { mkdirSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { refusalCatalog } from '@postern/core/refusal/refusal-catalog.js';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describePortal } from '../commands/describe-portal.js';
import { configSchema } from '../config-schema.js';
import { createSite } from '../http/site.js';
import { describeInterfaces, openapiRoutes } from '../openapi/route.js';
import { listRealms } from '../realm.js';
import { listPortalPages } from './environment-addresses.js';
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
  qualification: { hostCountry: 'FR' },
  tokens: { signingKeys: [{ file: 'key.pem' }], accessTokenSeconds: 420 },
  brands: [
    {
      id: 'a-bank',
      name: name('La Banque', 'The Bank'),
      color: '#00558c',
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

let app: FastifyInstance;

beforeAll(() => {
  app = fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  for (const realm of listRealms(config)) openapiRoutes(app, realm, { errorsPage: 'https://www.bank.example/errors' });
  portalRoutes(app, {
    site: createSite(config),
    config,
    realms: listRealms(config),
    clock: () => now,
    describe: describePortal,
    look: () => Promise.reject(new Error('nothing is judged here')),
    documentsOf: (realm) => describeInterfaces(realm, { errorsPage: 'https://www.bank.example/errors' }),
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
  Object.entries(listPortalPages('a-bank', lang))
    .filter(([page]) => page !== 'index')
    .map(([page, url]) => ({ page, lang, url })),
);

describe.each(pages)('$page in $lang', ({ url, lang }) => {
  it('answers, in its language, and is light', async () => {
    const { statusCode, body, headers } = await get(url);
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).toContain(`<html lang="${lang}">`);
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
    const { body } = await get(listPortalPages('a-bank', lang).errors);
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

describe('the search', () => {
  const find = async (query: string, lang = 'en') =>
    (await get(`/a-bank/${lang}/developers/search?q=${encodeURIComponent(query)}`)).body;

  it('finds an error code by its name', async () => {
    expect(await find('signature_key_unknown')).toContain('/a-bank/en/developers/errors#SIGNATURE_KEY_UNKNOWN');
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
