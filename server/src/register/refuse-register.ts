import { Refusal } from '@postern/core/refusal/refusal.js';

/** What is wrong with a register file, by a name that alarms and scripts can rely on. */
export type RegisterProblem =
  | 'source'
  | 'digest'
  | 'archive'
  | 'truncated'
  | 'encoding'
  | 'shape'
  | 'schema'
  | 'duplicate'
  | 'empty'
  | 'older'
  | 'shrunken';

/** Refuses a register file as a whole: the one accepted before stays in force. */
export function refuseRegister(problem: RegisterProblem, reason: string): never {
  throw new Refusal('TRUST_DATA_UNAVAILABLE', `The register file cannot be used: ${reason}.`, { problems: [problem] });
}

/** The name of what is wrong; `source` for everything that kept a file from coming at all. */
export function problemOf(refusal: unknown): RegisterProblem {
  return (refusal instanceof Refusal ? (refusal.problems?.[0] as RegisterProblem | undefined) : undefined) ?? 'source';
}
