import type { ApiPages } from '../http/send-api-page.js';
import type { Site } from '../http/site.js';
import { listPortalPages } from '../portal/environment-addresses.js';
import { type Realm, realmsOfBrand } from '../realm.js';

/** The portal around the pages of the interface for third parties: its look, and the way back to its own listener. */
export function describeApiPages(site: Site, realm: Realm, realms: readonly Realm[]): ApiPages {
  const { brand, webUrl } = realm;
  const ofBrand = realmsOfBrand(realms, brand.id);
  return {
    webUrl,
    contextOf: (lang, alternates) => site.pageContext(realm, lang, alternates),
    navigationOf: (lang) => listPortalPages(ofBrand, lang, webUrl),
  };
}
