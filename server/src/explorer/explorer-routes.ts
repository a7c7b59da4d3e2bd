import type { Lang, PageContext } from '@postern/web/page-context.js';
import { renderJourneyPage } from '@postern/web/pages/journey-page.js';
import { textsOf } from '@postern/web/texts/texts-of.js';
import type { JourneyReport, JourneyView } from '@postern/web/views/journey-view.js';
import type { PortalNavigation } from '@postern/web/views/portal-navigation.js';
import type { FastifyInstance } from 'fastify';
import { guardFormOrigin } from '../http/guard-navigation.js';
import type { PublicPage } from '../http/public-page.js';
import { readForm } from '../http/read-form.js';
import { readSource } from '../http/read-source.js';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import { prepareContent, sendContent } from '../http/still-content.js';
import type { Realm } from '../realm.js';
import type { Explorer, ExplorerCall } from './explore.js';

export interface ExplorerPages {
  readonly contextOf: (lang: Lang) => PageContext;
  readonly navigationIn: (lang: Lang) => PortalNavigation;
  /** Undefined where there is no journey to run, and why. */
  readonly explorer: Explorer | undefined;
  readonly unavailable: JourneyView['unavailable'];
}

/** Nobody is sent there: the code shows how to read what comes back. */
const redirectUri = 'https://tpp.example/callback';

/**
 * The journey explorer in both languages: what the journey is, and posted to the same address, a journey that was run just now.
 * Answers the former.
 */
export function explorerRoutes(app: FastifyInstance, realm: Realm, pages: ExplorerPages): readonly PublicPage[] {
  return (['fr', 'en'] as const).map((lang) => explorerRoutesIn(lang, app, { realm, pages }));
}

function explorerRoutesIn(
  lang: Lang,
  app: FastifyInstance,
  { realm, pages }: { readonly realm: Realm; readonly pages: ExplorerPages },
): PublicPage {
  const { explorer, unavailable } = pages;
  const navigation = pages.navigationIn(lang);
  const url = navigation.journey;
  const facts = describeFacts(realm, lang);
  const render = (report?: JourneyReport) =>
    renderJourneyPage(pages.contextOf(lang), {
      navigation,
      unavailable,
      facts,
      ...(report === undefined ? {} : { report }),
    });
  const html = render();
  const still = prepareContent(html);
  app.get(url, { exposeHeadRoute: true }, async (request, reply) =>
    sendContent(request, reply.type('text/html; charset=utf-8'), still),
  );
  refuseOtherMethods(app, url, explorer === undefined ? ['GET', 'HEAD'] : ['GET', 'HEAD', 'POST']);
  if (explorer !== undefined)
    app.post(url, async (request, reply) => {
      guardFormOrigin(request.headers, realm.webUrl);
      readForm(request);
      const call = { facts, source: readSource(request.raw.socket), correlationId: request.id };
      const told = render(await explorer.explore(call));
      // Compressed, because nothing in it is a secret of the reader: the third party that it tells of is gone.
      return sendContent(request, reply.type('text/html; charset=utf-8'), prepareContent(told));
    });
  return { address: url, title: textsOf(lang).shell.pages.journey, html };
}

function describeFacts(realm: Realm, lang: Lang): ExplorerCall['facts'] {
  return {
    issuer: realm.issuer,
    api: `${realm.issuer}/stet-psd2-api/v1`,
    authorization: `${realm.webUrl}${realm.prefix}/oauth2/${lang}/authorize`,
    redirectUri,
  };
}
