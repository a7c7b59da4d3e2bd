import { Refusal } from '@postern/core/refusal/refusal.js';

/** The id in an address. Throws Refusal NOT_FOUND when it is none. */
export function requireId(id: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return id;
  throw notThere();
}

export function notThere(): Refusal {
  return new Refusal('NOT_FOUND', 'There is nothing at this address.');
}
