import type { ApiPages } from '../http/send-api-page.js';
import type { Site } from '../http/site.js';
import { listPortalPages } from '../portal/environment-addresses.js';
import type { Realm } from '../realm.js';

/** The portal around the pages of the interface for third parties: its look, and the way back to its own listener. */
export function describeApiPages(site: Site, realm: Realm): ApiPages {
  const { brand, webUrl } = realm;
  return {
    webUrl,
    contextOf: (lang, alternates) => site.pageContext(realm, lang, alternates),
    navigationOf: (lang) => listPortalPages(brand.id, lang, webUrl),
  };
}
