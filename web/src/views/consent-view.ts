import type { Scope, ThirdParty } from './third-party.js';

/** Last page of an authorization: the accounts; form fields `account` (repeated), `form_token`, `answer` (agree | refuse). */
export interface ConsentView {
  readonly tpp: ThirdParty;
  readonly scopes: readonly Scope[];
  readonly accounts: readonly ConsentAccount[];
  /** resourceIds already ticked, when the page is shown again. */
  readonly selected?: readonly string[];
  readonly expiresAt: Date;
  readonly action: string;
  readonly formToken: string;
  readonly problem?: 'account-missing';
  /** Where the PSU can take the access back, if there is such a page. */
  readonly permissionsUrl?: string;
}

/** One account of the PSU that can be chosen. */
export interface ConsentAccount {
  readonly resourceId: string;
  readonly name: string;
  readonly iban: string;
  /** STET cashAccountType. */
  readonly kind: 'CACC' | 'CARD';
  readonly balance?: {
    /** A decimal number, e.g. "1234.56". */
    readonly amount: string;
    /** ISO 4217. */
    readonly currency: string;
  };
}
