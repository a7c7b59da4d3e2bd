import type { Lang } from '@postern/web/page-context.js';
import type { EnvironmentAddresses } from '@postern/web/views/environment-addresses.js';
import { type PortalNavigation, type PortalPage, portalPages } from '@postern/web/views/portal-navigation.js';
import { ownRegistrationsAddress, type Realm } from '../realm.js';

/** The addresses of a realm as the portal shows them: the ones that its routes are registered under. */
export function listAddresses(realm: Realm, lang: Lang): EnvironmentAddresses {
  return {
    environment: realm.environment,
    issuer: realm.issuer,
    metadata: `${realm.apiUrl}/.well-known/oauth-authorization-server${realm.prefix}`,
    registrations: `${realm.issuer}/oauth2/registrations`,
    authorization: `${realm.webUrl}${realm.prefix}/oauth2/${lang}/authorize`,
    token: `${realm.issuer}/oauth2/token`,
    jwks: `${realm.issuer}/oauth2/jwks`,
    certificateCheck: `${realm.issuer}/certificate-check`,
    ownRegistrations: ownRegistrationsAddress(realm, lang),
    api: `${realm.issuer}/stet-psd2-api/v1`,
  };
}

/** Where the portal's pages of a brand stand; `origin` for pages of another listener. */
export function listPortalPages(brandId: string, lang: Lang, origin = ''): PortalNavigation {
  const home = `${origin}/${brandId}/${lang}/developers`;
  const pages = portalPages.map((page) => [page, page === 'start' ? home : `${home}/${page}`] as const);
  return { index: `${origin}/?lang=${lang}`, ...(Object.fromEntries(pages) as Record<PortalPage, string>) };
}
