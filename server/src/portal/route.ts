import type { Lang, PageContext } from '@postern/web/page-context.js';
import { renderIndexPage } from '@postern/web/pages/index-page.js';
import { renderSearchPage } from '@postern/web/pages/search-page.js';
import { renderStatusPage } from '@postern/web/pages/status-page.js';
import { textsOf } from '@postern/web/texts/texts-of.js';
import type { AnnouncedChange } from '@postern/web/views/changes-view.js';
import type { PortalFacts } from '@postern/web/views/portal-facts.js';
import type { PortalNavigation, PortalPage } from '@postern/web/views/portal-navigation.js';
import type { StatusView } from '@postern/web/views/status-view.js';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Config } from '../config.js';
import { assetRoutes } from '../http/asset-routes.js';
import type { FormAnswers } from '../http/form-answers.js';
import { preferredLang } from '../http/preferred-lang.js';
import type { PublicPage } from '../http/public-page.js';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import type { Site } from '../http/site.js';
import { prepareContent, sendContent } from '../http/still-content.js';
import { type Realm, realmsOfBrand } from '../realm.js';
import { listChanges } from './announced-changes.js';
import { contactRoutes } from './contact-routes.js';
import { type CountLook, createLookCount } from './count-looks.js';
import { listAddresses, listPortalPages, placeOfGrants, placeOfPortal } from './environment-addresses.js';
import type { LookAtCertificate } from './inspect-certificate.js';
import { listExchanges } from './list-exchanges.js';
import type { DescribeInterfaces, DescribePortal } from './portal-facts.js';
import { renderStillPages } from './portal-pages.js';
import { readDeviations } from './read-deviations.js';
import type { ReceiveFeedback } from './receive-feedback.js';
import { renderChangesFeed } from './render-changes-feed.js';
import { buildSearchIndex, readQuery, type SearchIndex, searchPassages } from './search-index.js';
import { toolRoutes } from './tool-routes.js';

export interface PortalDependencies {
  readonly site: Site;
  readonly config: Config;
  readonly realms: readonly Realm[];
  readonly clock: () => Date;
  readonly describe: DescribePortal;
  readonly documentsOf: DescribeInterfaces;
  readonly look: LookAtCertificate;
  readonly receiveFeedback: ReceiveFeedback;
  readonly answers: FormAnswers;
  /** The pages of the portal that other features make, of all brands, for the search. */
  readonly pagesBeside: readonly PublicPage[];
  /** How what the interface depends on is at this moment. */
  readonly readStatus: () => Promise<StatusView['parts']>;
}

const langs = ['fr', 'en'] as const;
const readable = { exposeHeadRoute: true };

/** The developer portal: `/`, and under each brand every page in both languages. */
export function portalRoutes(app: FastifyInstance, dependencies: PortalDependencies): void {
  const { site, realms } = dependencies;
  const countLook = createLookCount(dependencies.clock);
  indexRoute(app, dependencies);
  refuseOtherMethods(app, '/', ['GET', 'HEAD']);
  assetRoutes(app, site);
  for (const { id } of site.brands) {
    const ofBrand = realmsOfBrand(realms, id);
    const realm = placeOfPortal(ofBrand);
    app.get(`/${id}`, readable, async (request, reply) =>
      reply.redirect(listPortalPages(ofBrand, preferredLang(request.headers['accept-language'])).start, 303),
    );
    for (const lang of langs) brandRoutes(app, { ...dependencies, realms: ofBrand, realm, lang, countLook });
  }
}

function indexRoute(app: FastifyInstance, { site, realms }: PortalDependencies): void {
  app.get<{ Querystring: { lang?: unknown } }>('/', readable, async (request, reply) => {
    const asked = langs.find((lang) => lang === request.query.lang);
    const lang = asked ?? preferredLang(request.headers['accept-language']);
    const brands = site.brands.map(({ id, name, color }) => ({
      id,
      name: name[lang],
      color,
      start: listPortalPages(realmsOfBrand(realms, id), lang).start,
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

interface BrandPlace extends PortalDependencies {
  /** Of the brand alone. */
  readonly realms: readonly Realm[];
  readonly realm: Realm;
  readonly lang: Lang;
  readonly countLook: CountLook;
}

function brandRoutes(app: FastifyInstance, place: BrandPlace): void {
  const { site, realm, realms, lang, config, describe, documentsOf } = place;
  const navigation = listPortalPages(realms, lang);
  const contextOf = (page: PortalPage) =>
    site.pageContext(realm, lang, {
      fr: listPortalPages(realms, 'fr')[page],
      en: listPortalPages(realms, 'en')[page],
    });
  const facts: PortalFacts = {
    navigation,
    environments: realms.map((each) => listAddresses(each, lang)),
    exchanges: listExchanges(realms),
    ...describe(placeOfGrants(realms), config),
  };
  const brand = config.brands.find(({ id }) => id === realm.brand.id);
  const changes = brand === undefined ? [] : listChanges(brand, lang);
  const pages = renderStillPages({
    realms,
    config,
    facts,
    deviations: readDeviations(),
    changes,
    documentsOf,
    contextOf,
  });
  for (const [page, html] of pages) {
    const content = prepareContent(html);
    app.get(navigation[page], readable, async (request, reply) =>
      sendContent(request, reply.type('text/html; charset=utf-8'), content),
    );
    refuseOtherMethods(app, navigation[page], ['GET', 'HEAD']);
  }
  feedRoute(app, { realm, lang, navigation, changes });
  const forms = [
    ...toolRoutes(app, { ...place, navigation, contextOf, signature: config.signature }),
    contactRoutes(app, { ...place, navigation, contextOf, contacts: brand?.contacts ?? {} }),
  ];
  const titles = textsOf(lang).shell.pages;
  const live = [
    ['status', renderStatusPage(contextOf('status'), facts)],
    ['search', renderSearchPage(contextOf('search'), { navigation, query: '', results: [] })],
  ] as const;
  const index = buildSearchIndex([
    ...[...pages, ...forms, ...live].map(([page, html]) => ({ address: navigation[page], title: titles[page], html })),
    ...place.pagesBeside.filter(({ address }) => address.startsWith(`${navigation.start}/`)),
  ]);
  liveRoutes(app, { ...place, facts, contextOf, index });
}

interface FeedPlace {
  readonly realm: Realm;
  readonly lang: Lang;
  readonly navigation: PortalNavigation;
  readonly changes: readonly AnnouncedChange[];
}

function feedRoute(app: FastifyInstance, { realm, lang, navigation, changes }: FeedPlace): void {
  const url = `${navigation.changes}.atom`;
  const author = realm.brand.name[lang];
  const feed = renderChangesFeed({
    title: textsOf(lang).articleWords.feedTitle.replace('{bank}', () => author),
    author,
    lang,
    address: `${realm.webUrl}${url}`,
    page: `${realm.webUrl}${navigation.changes}`,
    changes,
  });
  app.get(url, readable, async (_request, reply) => reply.type('application/atom+xml; charset=utf-8').send(feed));
  refuseOtherMethods(app, url, ['GET', 'HEAD']);
}

interface LivePlace extends PortalDependencies {
  readonly facts: PortalFacts;
  readonly contextOf: (page: PortalPage) => PageContext;
  readonly index: SearchIndex;
}

/** The pages that are made for each reader: what is asked for, and how things are. */
function liveRoutes(app: FastifyInstance, { facts, contextOf, index, readStatus, clock }: LivePlace): void {
  const { navigation } = facts;
  app.get<{ Querystring: { q?: unknown } }>(navigation.search, readable, async (request, reply) => {
    const query = readQuery(request.query.q);
    const results = searchPassages(index, query);
    return sendPage(reply, renderSearchPage(contextOf('search'), { navigation, query, results }));
  });
  app.get(navigation.status, readable, async (_request, reply) =>
    sendPage(reply, renderStatusPage(contextOf('status'), facts, { parts: await readStatus(), at: clock() })),
  );
  for (const url of [navigation.search, navigation.status]) refuseOtherMethods(app, url, ['GET', 'HEAD']);
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(page);
}
