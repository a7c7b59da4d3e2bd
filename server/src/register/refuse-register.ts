import { Refusal } from '@postern/core/refusal/refusal.js';

/** Refuses a register file as a whole: the one accepted before stays in force. */
export function refuseRegister(reason: string): never {
  throw new Refusal('TRUST_DATA_UNAVAILABLE', `The register file cannot be used: ${reason}.`);
}
