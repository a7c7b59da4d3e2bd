import { Refusal } from '@postern/core/refusal/refusal.js';
import type { QualifiedPeer } from '../decision.js';
import type { Realm } from '../realm.js';
import { countInMinute, type QuotaKey } from '../store/registration-quotas.js';
import type { RegistrationDependencies } from './dependencies.js';

/** Who asks, where, and when. */
export interface Asking {
  readonly realm: Realm;
  readonly peer: QualifiedPeer;
  readonly dependencies: RegistrationDependencies;
  readonly now: Date;
}

/** Counts a request of an organisation before anything is done for it. Throws Refusal RATE_LIMITED with the time to wait. */
export async function countRequest(asking: Asking, counted: 'registrations' | 'updates'): Promise<void> {
  const { policy, database } = asking.dependencies;
  const most = counted === 'registrations' ? policy.registrationsPerMinute : policy.updatesPerMinute;
  const end = await countInMinute(database, quotaKeyOf(asking, counted), most, asking.now);
  if (end !== undefined) throw limited(`This organisation may send ${most} such requests a minute.`, end, asking.now);
}

export function quotaKeyOf({ realm, peer }: Asking, counted: QuotaKey['counted']): QuotaKey {
  const { brand, environment } = realm;
  return { organizationIdentifier: peer.organization.identifier, brand: brand.id, environment, counted };
}

export function limited(message: string, end: Date, now: Date): Refusal {
  return new Refusal('RATE_LIMITED', message, { retryAfterSeconds: (end.getTime() - now.getTime()) / 1_000 });
}
