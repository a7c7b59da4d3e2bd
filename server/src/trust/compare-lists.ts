import type { TrustService } from '@postern/core/trust/trust-service.js';
import { digestOf } from './list-files.js';
import type { TrustedList } from './trusted-list.js';

/** What one list has that another has not, service by service. */
export interface ListDifference {
  readonly added: readonly TrustService[];
  readonly removed: readonly TrustService[];
  readonly changed: readonly { readonly before: TrustService; readonly after: TrustService }[];
}

/** Compares the CA/QC services of two lists; a service is the same when its names and its first certificate are. */
export function compareLists(before: TrustedList | undefined, after: TrustedList): ListDifference {
  const old = byIdentity(before?.services ?? []);
  const next = byIdentity(after.services);
  const changed = [...next].flatMap(([identity, service]) => {
    const known = old.get(identity);
    return known === undefined || standingOf(known) === standingOf(service) ? [] : [{ before: known, after: service }];
  });
  return { added: missing(next, old), removed: missing(old, next), changed };
}

function byIdentity(services: readonly TrustService[]): ReadonlyMap<string, TrustService> {
  const found = new Map<string, TrustService>();
  for (const service of services) {
    const [der = new Uint8Array()] = service.certificates;
    const text = [service.providerName, service.serviceName, digestOf(der)].join('\n');
    let identity = text;
    for (let copy = 2; found.has(identity); copy += 1) identity = `${text}\n${copy}`;
    found.set(identity, service);
  }
  return found;
}

function missing(from: ReadonlyMap<string, TrustService>, other: ReadonlyMap<string, TrustService>) {
  return [...from].filter(([identity]) => !other.has(identity)).map(([, service]) => service);
}

/** What of a service decides: its status now, since when, for which types. */
function standingOf({ statuses: [status] }: TrustService): string {
  return status === undefined
    ? ''
    : `${status.status} ${status.startingAt.toISOString()} ${status.uses.toSorted().join()}`;
}
