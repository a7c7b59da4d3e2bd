import type { Lang } from '@postern/web/page-context.js';
import type { PortalNavigation } from '@postern/web/views/portal-navigation.js';
import type { FastifyInstance } from 'fastify';
import type { FormAnswers } from '../../http/form-answers.js';
import type { PublicPage } from '../../http/public-page.js';
import type { Site } from '../../http/site.js';
import type { Realm } from '../../realm.js';
import type { SandboxContext } from '../sandbox-context.js';
import { ownerPageRoutes } from './owner-routes.js';
import type { PagePlace } from './page-place.js';
import { requestPageRoutes } from './request-routes.js';

export interface SandboxPagesOptions {
  readonly site: Site;
  readonly clock: () => Date;
  readonly answers: FormAnswers;
  /** Where the portal's pages stand in a language. */
  readonly navigationIn: (lang: Lang) => PortalNavigation;
  /** Undefined where the installation issues no test certificates, which the page then says. */
  readonly sandbox: SandboxContext | undefined;
}

/** The portal's pages about test certificates of one brand, in both languages; answers those that are there for everybody. */
export function sandboxPageRoutes(
  app: FastifyInstance,
  realm: Realm,
  options: SandboxPagesOptions,
): readonly PublicPage[] {
  const { site, clock, answers, navigationIn, sandbox } = options;
  const address = (lang: Lang, below: string) => `${navigationIn(lang)['test-certificates']}${below}`;
  return (['fr', 'en'] as const).flatMap((lang) => {
    const place: PagePlace = {
      lang,
      navigation: navigationIn(lang),
      contextOf: (below) => site.pageContext(realm, lang, { fr: address('fr', below), en: address('en', below) }),
      webUrl: realm.webUrl,
      clock,
      answers,
      apiUrl: realm.apiUrl,
      certificateCheck: `${realm.issuer}/certificate-check`,
    };
    if (sandbox === undefined) return [requestPageRoutes(app, place)];
    const open = { ...place, sandbox };
    return [requestPageRoutes(app, open), ownerPageRoutes(app, open)];
  });
}
