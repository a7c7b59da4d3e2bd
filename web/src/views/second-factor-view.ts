import type { ThirdParty } from './third-party.js';

/** Second page of an authorization: the one-time code; form fields `code`, `form_token`, `answer` (continue | refuse). */
export interface SecondFactorView {
  readonly tpp: ThirdParty;
  readonly action: string;
  readonly formToken: string;
  /** Where the code was sent, masked, e.g. "•• •• •• •• 42". */
  readonly destination: string;
  readonly problem?: SecondFactorProblem;
  readonly attemptsLeft?: number;
  /** The simulated phone, where the bank is simulated. */
  readonly phoneUrl?: string;
}

export type SecondFactorProblem = 'code-missing' | 'code-wrong' | 'code-expired';
