import type { Lang } from '@postern/web/page-context.js';
import { renderErrorsPage } from '@postern/web/pages/errors-page.js';
import { renderIndexPage } from '@postern/web/pages/index-page.js';
import { renderRegistrationPage } from '@postern/web/pages/registration-page.js';
import { renderStartPage } from '@postern/web/pages/start-page.js';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Config } from '../config.js';
import { refusalStatus } from '../http/refusal-status.js';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import type { Site } from '../http/site.js';
import type { Realm } from '../realm.js';
import { listPortalPages } from './environment-addresses.js';
import { listRefusals, viewRegistration, viewStart } from './portal-views.js';

export interface PortalDependencies {
  readonly site: Site;
  readonly config: Config;
  readonly realms: readonly Realm[];
}

const langs = ['fr', 'en'] as const;
const readable = { exposeHeadRoute: true };

/** The developer portal: `/`, and under each brand its start, registration and errors pages in both languages. */
export function portalRoutes(app: FastifyInstance, dependencies: PortalDependencies): void {
  const { site, realms } = dependencies;
  indexRoute(app, site);
  refuseOtherMethods(app, '/', ['GET', 'HEAD']);
  for (const [address, style] of site.assets) {
    app.get(address, readable, async (_request, reply) =>
      reply.header('cache-control', 'public, max-age=31536000, immutable').type('text/css; charset=utf-8').send(style),
    );
  }
  for (const realm of realms.filter(({ environment }) => environment === 'production')) {
    app.get(`/${realm.brand.id}`, readable, async (request, reply) =>
      reply.redirect(listPortalPages(realm.brand.id, preferredLang(request.headers['accept-language'])).start, 303),
    );
    for (const lang of langs) brandRoutes(app, { ...dependencies, realm, lang });
  }
}

function indexRoute(app: FastifyInstance, site: Site): void {
  app.get<{ Querystring: { lang?: unknown } }>('/', readable, async (request, reply) => {
    const asked = langs.find((lang) => lang === request.query.lang);
    const lang = asked ?? preferredLang(request.headers['accept-language']);
    const brands = site.brands.map(({ id, name, color }) => ({
      id,
      name: name[lang],
      color,
      start: listPortalPages(id, lang).start,
    }));
    return sendPage(
      reply,
      renderIndexPage(site.context(lang, { fr: '/?lang=fr', en: '/?lang=en' }), {
        installation: site.installation,
        brands,
      }),
    );
  });
}

function brandRoutes(app: FastifyInstance, page: PortalDependencies & { realm: Realm; lang: Lang }): void {
  const { site, realm, lang, realms, config } = page;
  const navigation = listPortalPages(realm.brand.id, lang);
  const ofBrand = realms.filter(({ brand }) => brand.id === realm.brand.id);
  const context = (name: 'start' | 'registration' | 'errors') =>
    site.pageContext(realm, lang, {
      fr: listPortalPages(realm.brand.id, 'fr')[name],
      en: listPortalPages(realm.brand.id, 'en')[name],
    });
  const start = renderStartPage(context('start'), viewStart(ofBrand, lang, navigation));
  const registration = renderRegistrationPage(
    context('registration'),
    viewRegistration(ofBrand, { lang, navigation, config }),
  );
  const errors = renderErrorsPage(context('errors'), { navigation, refusals: listRefusals(refusalStatus) });
  const pages = [
    [navigation.start, start],
    [navigation.registration, registration],
    [navigation.errors, errors],
  ] as const;
  for (const [url, page] of pages) {
    app.get(url, readable, async (_request, reply) => sendPage(reply, page));
    refuseOtherMethods(app, url, ['GET', 'HEAD']);
  }
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(page);
}

function preferredLang(header: string | undefined): Lang {
  const first = /\b(fr|en)\b/i.exec(header ?? '')?.[1]?.toLowerCase();
  return first === 'en' ? 'en' : 'fr';
}
