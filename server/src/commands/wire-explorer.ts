import type { Lang } from '@postern/web/page-context.js';
import type { FastifyInstance } from 'fastify';
import { phoneAddress } from '../bank/phone-routes.js';
import { createExplorer, type Explorer } from '../explorer/explore.js';
import { readTrusted } from '../explorer/explorer-connection.js';
import { explorerRoutes } from '../explorer/explorer-routes.js';
import { createFormAnswers } from '../http/form-answers.js';
import type { PublicPage } from '../http/public-page.js';
import { listPortalPages } from '../portal/environment-addresses.js';
import { type Realm, realmsOfBrand } from '../realm.js';
import { applyForCertificates } from '../sandbox/apply-for-certificates.js';
import type { Sandbox } from './open-sandbox.js';
import type { Wiring } from './wire-listeners.js';

/** The journey explorer of a brand's sandbox. It runs where the bank agrees to test certificates by itself. */
export function wireExplorer(
  app: FastifyInstance,
  realm: Realm,
  { wiring, sandbox }: { readonly wiring: Wiring; readonly sandbox: Sandbox | undefined },
): readonly PublicPage[] {
  const automatic = sandbox?.context.agreement === 'automatic';
  const navigationIn = (lang: Lang) => listPortalPages(realmsOfBrand(wiring.realms, realm.brand.id), lang);
  return explorerRoutes(app, realm, {
    contextOf: (lang) =>
      wiring.site.pageContext(realm, lang, { fr: navigationIn('fr').journey, en: navigationIn('en').journey }),
    navigationIn,
    explorer: automatic ? openExplorer(realm, wiring, sandbox) : undefined,
    answers: createFormAnswers(wiring.database, wiring.clock),
    unavailable: sandbox === undefined ? 'none' : automatic ? undefined : 'operator',
  });
}

function openExplorer(realm: Realm, wiring: Wiring, { context }: Sandbox): Explorer | undefined {
  const { config, database, clock, access, logger, bankOf } = wiring;
  const [customer] = bankOf(realm).demoUsers;
  if (customer === undefined) return undefined;
  const { user, password } = customer;
  return createExplorer({
    realm,
    database,
    clock,
    customer: { user, password, phone: `${realm.webUrl}${phoneAddress(realm, 'en', user)}` },
    trusted: readTrusted([config.listeners.api, config.listeners.web].map(({ tls }) => tls.certificate.file)),
    apply: (body, { source, correlationId }) =>
      applyForCertificates(context, { body, source: `journey of ${source}`, now: clock(), correlationId }),
    onRemoved: async (clientIds) => {
      for (const clientId of clientIds) access.evict(clientId);
      await context.state?.refresh();
    },
    onFault: (cause) => logger.warn({ cause }, 'a journey of the portal could not be finished'),
  });
}
