import { Refusal } from '@postern/core/refusal/refusal.js';

/** Refuses a trusted list as a whole: the one accepted before stays in force. */
export function refuseList(reason: string): never {
  throw new Refusal('TRUST_DATA_UNAVAILABLE', reason);
}
