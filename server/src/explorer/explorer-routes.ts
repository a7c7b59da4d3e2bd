import type { Lang, PageContext } from '@postern/web/page-context.js';
import { renderJourneyPage } from '@postern/web/pages/journey-page.js';
import { textsOf } from '@postern/web/texts/texts-of.js';
import type { JourneyReport, JourneyView } from '@postern/web/views/journey-view.js';
import type { PortalNavigation } from '@postern/web/views/portal-navigation.js';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { FormAnswers } from '../http/form-answers.js';
import { createShowing } from '../http/form-token.js';
import { type IdRequest, postOnce } from '../http/post-once.js';
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
  readonly answers: FormAnswers;
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
  const { explorer, unavailable, answers } = pages;
  const navigation = pages.navigationIn(lang);
  const url = navigation.journey;
  const facts = describeFacts(realm, lang);
  const render = (report?: JourneyReport) =>
    renderJourneyPage(pages.contextOf(lang), {
      navigation,
      formToken: createShowing(),
      unavailable,
      facts,
      ...(report === undefined ? {} : { report }),
    });
  const html = render();
  app.get(url, { exposeHeadRoute: true }, async (request, reply) =>
    sendContent(request, reply.type('text/html; charset=utf-8'), prepareContent(render())),
  );
  refuseOtherMethods(app, url, explorer === undefined ? ['GET', 'HEAD'] : ['GET', 'HEAD', 'POST']);
  if (explorer !== undefined) {
    const run = async (request: IdRequest, reply: FastifyReply) => {
      readForm(request);
      const call = { facts, source: readSource(request.raw.socket), correlationId: request.id };
      const told = render(await explorer.explore(call));
      // Compressed, because nothing in it is a secret of the reader: the third party that it tells of is gone.
      return sendContent(request, reply.type('text/html; charset=utf-8'), prepareContent(told));
    };
    postOnce(app, url, { kind: { answers, webUrl: realm.webUrl }, answer: run });
  }
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
