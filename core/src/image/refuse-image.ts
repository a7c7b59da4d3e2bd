import { Refusal } from '../refusal/refusal.js';

/** A refusal of a picture; `rule` is a predicate: "must be ...". */
export function refuseImage(rule: string): Refusal {
  return new Refusal('METADATA_INVALID', rule);
}
