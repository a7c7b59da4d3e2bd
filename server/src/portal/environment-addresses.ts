import type { Lang } from '@postern/web/page-context.js';
import type { EnvironmentAddresses } from '@postern/web/views/environment-addresses.js';
import {
  type Lack,
  type PortalNavigation,
  type PortalPage,
  portalPages,
} from '@postern/web/views/portal-navigation.js';
import { ownRegistrationsAddress, type Realm } from '../realm.js';

/** The addresses of a realm as the portal shows them: the ones that its routes are registered under. */
export function listAddresses(realm: Realm, lang: Lang): EnvironmentAddresses {
  return {
    environment: realm.environment,
    issuer: realm.issuer,
    metadata: `${realm.apiUrl}/.well-known/oauth-authorization-server${realm.prefix}`,
    registrations: `${realm.issuer}/oauth2/registrations`,
    jwks: `${realm.issuer}/oauth2/jwks`,
    certificateCheck: `${realm.issuer}/certificate-check`,
    ownRegistrations: ownRegistrationsAddress(realm, lang),
    ...(realm.bank === 'none' ? {} : listGrantAddresses(realm, lang)),
  };
}

function listGrantAddresses(realm: Realm, lang: Lang) {
  return {
    authorization: `${realm.webUrl}${realm.prefix}/oauth2/${lang}/authorize`,
    token: `${realm.issuer}/oauth2/token`,
    api: `${realm.issuer}/stet-psd2-api/v1`,
  };
}

const ofSandbox: readonly PortalPage[] = ['sandbox', 'test-certificates', 'journey', 'sandbox-reference'];
const ofGrants: readonly PortalPage[] = ['oauth2-endpoints', 'sca-workflows', 'open-banking-api', 'accounts-reference'];

/** Where the portal's pages of a brand stand, and which it has: given the realms of it; `origin` for pages of another listener. */
export function listPortalPages(realms: readonly Realm[], lang: Lang, origin = ''): PortalNavigation {
  const home = `${origin}/${placeOfPortal(realms).brand.id}/${lang}/developers`;
  const addresses = portalPages.map((page) => [page, page === 'start' ? home : `${home}/${page}`] as const);
  const absent = [
    ...(realms.some(({ environment }) => environment === 'sandbox') ? [] : ofSandbox),
    ...(realms.some(({ bank }) => bank !== 'none') ? [] : ofGrants),
  ];
  return {
    index: `${origin}/?lang=${lang}`,
    ...(Object.fromEntries(addresses) as Record<PortalPage, string>),
    pages: portalPages.filter((page) => !absent.includes(page)),
    lacks: findLack(realms),
  };
}

function findLack(realms: readonly Realm[]): Lack | undefined {
  const production = realms.find(({ environment }) => environment === 'production');
  const hasSandbox = realms.some(({ environment }) => environment === 'sandbox');
  if (production === undefined) return 'production';
  if (production.bank === 'none') return hasSandbox ? 'bank' : 'bank-and-sandbox';
  return hasSandbox ? undefined : 'sandbox';
}

/** The realm that the pages of a brand are shown for: production, where the brand runs it. */
export function placeOfPortal(realms: readonly Realm[]): Realm {
  return firstOf([...realms.filter(({ environment }) => environment === 'production'), ...realms]);
}

/** The realm that grants, tokens and accounts are explained by: one with a bank, where there is one. */
export function placeOfGrants(realms: readonly Realm[]): Realm {
  const place = placeOfPortal(realms);
  return firstOf([...[place, ...realms].filter(({ bank }) => bank !== 'none'), place]);
}

function firstOf([realm]: readonly Realm[]): Realm {
  if (realm === undefined) throw new Error('a brand without environments');
  return realm;
}
