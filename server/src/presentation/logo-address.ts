import type { Realm } from '../realm.js';

/** Where a logo stands on our own origin: under the SHA-256 of its octets. */
export function logoAddress(realm: Pick<Realm, 'prefix'>, sha256: string): string {
  return `${realm.prefix}/logos/${sha256}.png`;
}
