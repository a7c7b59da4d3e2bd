import { Refusal } from '@postern/core/refusal/refusal.js';
import { isUuid } from '../store/uuid.js';

/** The id in an address. Throws Refusal NOT_FOUND when it is none. */
export function requireId(id: string): string {
  if (isUuid(id)) return id;
  throw notThere();
}

export function notThere(): Refusal {
  return new Refusal('NOT_FOUND', 'There is nothing at this address.');
}
