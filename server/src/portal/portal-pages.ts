import type { PageContext } from '@postern/web/page-context.js';
import { renderCertificatePage } from '@postern/web/pages/certificate-page.js';
import { renderChangesPage } from '@postern/web/pages/changes-page.js';
import { renderDeviationsPage } from '@postern/web/pages/deviations-page.js';
import { renderErrorsPage } from '@postern/web/pages/errors-page.js';
import { renderFallbackPage } from '@postern/web/pages/fallback-page.js';
import { renderMyRegistrationsPage } from '@postern/web/pages/my-registrations-page.js';
import { renderOauth2EndpointsPage } from '@postern/web/pages/oauth2-endpoints-page.js';
import { renderOpenBankingApiPage } from '@postern/web/pages/open-banking-api-page.js';
import { type ReferenceName, renderReferencePage } from '@postern/web/pages/reference-page.js';
import { renderRegistrationPage } from '@postern/web/pages/registration-page.js';
import { renderSandboxPage } from '@postern/web/pages/sandbox-page.js';
import { renderScaWorkflowsPage } from '@postern/web/pages/sca-workflows-page.js';
import { renderStartPage } from '@postern/web/pages/start-page.js';
import { renderStatisticsPage } from '@postern/web/pages/statistics-page.js';
import type { AnnouncedChange } from '@postern/web/views/changes-view.js';
import type { DeviationsView } from '@postern/web/views/deviations-view.js';
import type { PortalFacts } from '@postern/web/views/portal-facts.js';
import type { PortalPage } from '@postern/web/views/portal-navigation.js';
import type { Config } from '../config.js';
import { refusalStatus } from '../http/refusal-status.js';
import type { Realm } from '../realm.js';
import { placeOfGrants } from './environment-addresses.js';
import type { DescribeInterfaces } from './portal-facts.js';
import { listRefusals, viewRegistration, viewStart } from './portal-views.js';
import { viewReference } from './view-reference.js';

/** What the pages of one brand in one language are made from. */
export interface PortalMaterial {
  /** Production and sandbox of the brand. */
  readonly realms: readonly Realm[];
  readonly config: Config;
  readonly facts: PortalFacts;
  readonly deviations: DeviationsView;
  readonly changes: readonly AnnouncedChange[];
  readonly documentsOf: DescribeInterfaces;
  readonly contextOf: (page: PortalPage) => PageContext;
}

/** Pages that are made anew for each reader. */
type LivePage =
  | 'status'
  | 'search'
  | 'contact'
  | 'test-certificates'
  | 'certificate-inspector'
  | 'signing-bench'
  | 'journey';
export type StillPage = Exclude<PortalPage, LivePage>;

/** Every page that stays the same while the server runs. */
export function renderStillPages(material: PortalMaterial): ReadonlyMap<StillPage, string> {
  const { realms, config, facts, contextOf } = material;
  const { navigation } = facts;
  const { lang } = contextOf('start');
  const view = { lang, navigation, config };
  const pages: Readonly<Record<StillPage, (context: PageContext) => string>> = {
    start: (context) => renderStartPage(context, viewStart(realms, lang, navigation)),
    registration: (context) => renderRegistrationPage(context, viewRegistration(realms, view)),
    'oauth2-endpoints': (context) => renderOauth2EndpointsPage(context, facts),
    'sca-workflows': (context) => renderScaWorkflowsPage(context, facts),
    'open-banking-api': (context) => renderOpenBankingApiPage(context, facts),
    sandbox: (context) => renderSandboxPage(context, facts),
    certificate: (context) => renderCertificatePage(context, facts),
    'my-registrations': (context) => renderMyRegistrationsPage(context, facts),
    'registration-reference': (context) => renderReference(context, material, 'registration-reference'),
    'oauth2-reference': (context) => renderReference(context, material, 'oauth2-reference'),
    'accounts-reference': (context) => renderReference(context, material, 'accounts-reference'),
    'sandbox-reference': (context) => renderReference(context, material, 'sandbox-reference'),
    fallback: (context) => renderFallbackPage(context, facts),
    errors: (context) => renderErrorsPage(context, { navigation, refusals: listRefusals(refusalStatus) }),
    changes: (context) =>
      renderChangesPage(context, facts, { changes: material.changes, feed: `${navigation.changes}.atom` }),
    deviations: (context) => renderDeviationsPage(context, facts, material.deviations),
    statistics: (context) => renderStatisticsPage(context, facts),
  };
  return new Map(
    (Object.entries(pages) as [StillPage, (context: PageContext) => string][])
      .filter(([page]) => navigation.pages.includes(page))
      .map(([page, render]) => [page, render(contextOf(page))]),
  );
}

const documentNames: Readonly<Record<ReferenceName, string>> = {
  'registration-reference': 'registration',
  'oauth2-reference': 'oauth2',
  'accounts-reference': 'accounts',
  'sandbox-reference': 'sandbox',
};

/** The page of a document: that of the realm that grants are explained by, with the ways to all. */
function renderReference(
  context: PageContext,
  { realms, facts, documentsOf }: PortalMaterial,
  page: ReferenceName,
): string {
  const name = documentNames[page];
  const offered = realms.flatMap((realm) => {
    const document = documentsOf(realm)[name];
    return document === undefined ? [] : [{ realm, document }];
  });
  const place = placeOfGrants(realms);
  const shown = offered.find(({ realm }) => realm === place) ?? offered[0];
  const view = {
    ...viewReference(shown?.document ?? {}),
    navigation: facts.navigation,
    current: page,
    downloads: offered.map(({ realm, document }) => ({
      environment: realm.environment,
      server: serverOf(document),
      openapi: `${realm.prefix}/openapi/${name}.json`,
      collection: `${realm.prefix}/openapi/${name}.postman.json`,
    })),
  };
  return renderReferencePage(context, view, page);
}

function serverOf(document: Readonly<Record<string, unknown>>): string {
  const [server] = document['servers'] as readonly { readonly url: string }[];
  return server?.url ?? '';
}
