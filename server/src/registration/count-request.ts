import type { QualifiedPeer } from '../decision.js';
import { requireRoomNow } from '../quota/limited.js';
import type { Realm } from '../realm.js';
import { type StoredTake, takeUnflushed } from '../store/quotas.js';
import type { RegistrationDependencies } from './dependencies.js';

/** Who asks, where, and when. */
export interface Asking {
  readonly realm: Realm;
  readonly peer: QualifiedPeer;
  readonly dependencies: RegistrationDependencies;
  readonly now: Date;
}

const mostOf = {
  registrations: 'registrationsPerMinute',
  updates: 'updatesPerMinute',
  'wrong-tokens': 'wrongTokensPerMinute',
} as const;

/** Counts a request of an organisation before anything is done for it. Throws Refusal RATE_LIMITED with the time to wait. */
export async function countRequest(asking: Asking, counted: 'registrations' | 'updates'): Promise<void> {
  const take = takeOf(asking, counted);
  const waitSeconds = await takeUnflushed(asking.dependencies.database, take, asking.now);
  requireRoomNow(waitSeconds, `This organisation may send ${take.rule.most} such requests a minute.`);
}

/** What is counted of an organisation, where. */
export function takeOf({ realm, peer, dependencies }: Asking, counted: keyof typeof mostOf): StoredTake {
  const rule = { name: counted, most: dependencies.policy[mostOf[counted]], perSeconds: 60 };
  return { rule, key: `${realm.brand.id} ${realm.environment} ${peer.organization.identifier}` };
}
