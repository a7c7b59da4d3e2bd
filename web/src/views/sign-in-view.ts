import type { Scope, ThirdParty } from './third-party.js';

/** First page of an authorization: who asks, for what, until when; form fields `user`, `password`, `form_token`, `answer` (continue | refuse). */
export interface SignInView {
  readonly tpp: ThirdParty;
  readonly scopes: readonly Scope[];
  /** When the access asked for would end. */
  readonly expiresAt: Date;
  /** Where the form is posted. */
  readonly action: string;
  readonly formToken: string;
  readonly problem?: SignInProblem;
  readonly attemptsLeft?: number;
  /** What was typed as user name before, to be kept in the field. */
  readonly userName?: string;
  /** Shown only where the bank is simulated. */
  readonly demoUsers?: readonly DemoUser[];
}

export type SignInProblem = 'user-missing' | 'password-missing' | 'credentials-wrong';

/** A simulated PSU whose credentials the page may tell. */
export interface DemoUser {
  readonly user: string;
  readonly password: string;
  readonly name: string;
}
