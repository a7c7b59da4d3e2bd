import { textsOf } from '@postern/web/texts/texts-of.js';
import { type Lack, portalPages } from '@postern/web/views/portal-navigation.js';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describePortal } from '../commands/describe-portal.js';
import { type ConfigFile, configSchema } from '../config-schema.js';
import { explorerRoutes } from '../explorer/explorer-routes.js';
import { createSite } from '../http/site.js';
import { describeInterfaces, openapiRoutes } from '../openapi/route.js';
import { listRealms, type Realm } from '../realm.js';
import { sandboxPageRoutes } from '../sandbox/pages/sandbox-page-routes.js';
import { listPortalPages } from './environment-addresses.js';
import { portalRoutes } from './route.js';

const tls = { key: { file: 'key.pem' }, certificate: { file: 'certificate.pem' } };
const by = { errorsPage: 'https://www.bank.example/errors', testCertificates: true };
const langs = ['fr', 'en'] as const;

function configure(brand: object): ConfigFile {
  return configSchema.parse({
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
    tokens: { signingKeys: [{ file: 'key.pem' }] },
    brands: [{ id: 'a-bank', name: { fr: 'La Banque', en: 'The Bank' }, color: '#00558c', ...brand }],
  });
}

/** No form here comes from a page, so that none can be sent twice. */
const answers = { claim: () => Promise.reject(new Error('no form has a token here')) };

function openPortal(config: ConfigFile, realms: readonly Realm[]): FastifyInstance {
  const app = fastify();
  const site = createSite(config);
  for (const realm of realms) openapiRoutes(app, realm, describeInterfaces(realm, by));
  const navigationIn = (lang: 'fr' | 'en') => listPortalPages(realms, lang);
  const pagesBeside = realms
    .filter(({ environment }) => environment === 'sandbox')
    .flatMap((realm) => [
      ...explorerRoutes(app, realm, {
        navigationIn,
        contextOf: (lang) =>
          site.pageContext(realm, lang, { fr: navigationIn('fr').journey, en: navigationIn('en').journey }),
        explorer: undefined,
        unavailable: 'operator',
        answers,
      }),
      ...sandboxPageRoutes(app, realm, { site, clock: () => new Date(0), answers, navigationIn, sandbox: undefined }),
    ]);
  portalRoutes(app, {
    site,
    config,
    realms,
    clock: () => new Date(0),
    describe: describePortal,
    look: () => Promise.reject(new Error('nothing is judged here')),
    receiveFeedback: async () => 'reference',
    documentsOf: (realm) => describeInterfaces(realm, by),
    answers,
    pagesBeside,
    readStatus: async () => [],
  });
  return app;
}

interface Case {
  readonly lack: Lack;
  readonly brand: object;
  /** What no page may name. */
  readonly absent: readonly string[];
  /** What pages name in the places of the other environment. */
  readonly present: readonly string[];
}

const production = 'https://api.bank.example/a-bank';
const productionGrants = [
  `${production}/oauth2/token`,
  `${production}/stet-psd2-api`,
  'https://www.bank.example/a-bank/oauth2/',
];
const sandbox = 'https://api.bank.example/sandbox/a-bank';
const sandboxGrants = [
  `${sandbox}/oauth2/token`,
  `${sandbox}/stet-psd2-api/v1`,
  'https://www.bank.example/sandbox/a-bank/oauth2/',
];
const simulated = { production: { bank: 'simulated' }, sandbox: { runs: false } };

const cases: readonly Case[] = [
  { lack: 'production', brand: { production: { runs: false } }, absent: [`${production}/`], present: sandboxGrants },
  {
    lack: 'bank',
    brand: {},
    absent: productionGrants,
    present: [...sandboxGrants, `${production}/oauth2/registrations`, `${production}/certificate-check`],
  },
  {
    lack: 'bank-and-sandbox',
    brand: { sandbox: { runs: false } },
    absent: [...productionGrants, `${sandbox}/`, '/sandbox/a-bank'],
    present: [`${production}/oauth2/registrations`, `${production}/certificate-check`],
  },
  { lack: 'sandbox', brand: simulated, absent: [`${sandbox}/`, '/sandbox/a-bank'], present: productionGrants },
];

describe.each(cases)('the portal of a brand without $lack', ({ lack, brand, absent, present }) => {
  const config = configure(brand);
  const realms = listRealms(config);
  let app: FastifyInstance;
  beforeAll(() => {
    app = openPortal(config, realms);
  });
  afterAll(() => app.close());
  const get = (url: string) => app.inject({ method: 'GET', url });

  it.each(langs)('says so on every page, and has no others, in %s', async (lang) => {
    const navigation = listPortalPages(realms, lang);
    for (const page of portalPages) {
      const { statusCode, body } = await get(navigation[page]);
      expect([page, statusCode]).toEqual([page, navigation.pages.includes(page) ? 200 : 404]);
      if (statusCode === 200) expect(body, page).toContain(textsOf(lang).shell.lacks[lack].label);
    }
  });

  it.each(langs)('names every address that there is, and none that there is not, in %s', async (lang) => {
    const navigation = listPortalPages(realms, lang);
    const bodies = await Promise.all(navigation.pages.map(async (page) => (await get(navigation[page])).body));
    const everything = bodies.join('\n');
    for (const address of present) expect(everything).toContain(address);
    for (const address of absent) expect(everything).not.toContain(address);
  });

  it.each(langs)('leads nowhere that does not answer, in %s', async (lang) => {
    const navigation = listPortalPages(realms, lang);
    const addresses = new Set<string>();
    for (const page of navigation.pages) {
      const { body } = await get(navigation[page]);
      for (const [, address = ''] of body.matchAll(/\s(?:href|action)="(\/[^"#]*)/g))
        addresses.add(address.replaceAll('&amp;', '&'));
    }
    expect(addresses.size).toBeGreaterThan(10);
    for (const address of addresses) expect((await get(address)).statusCode, address).toBe(200);
  });

  it('describes what is there, and nothing else', async () => {
    for (const realm of realms) {
      const documents = describeInterfaces(realm, by);
      const text = JSON.stringify(documents);
      for (const address of absent) expect(text).not.toContain(address);
      const { paths } = documents['oauth2'] as { paths: object };
      expect(Object.keys(paths).includes('/oauth2/token')).toBe(realm.bank !== 'none');
      expect('accounts' in documents).toBe(realm.bank !== 'none');
    }
  });
});
