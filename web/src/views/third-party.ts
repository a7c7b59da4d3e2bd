/** The third party as the PSU meets it on every page of an authorization. */
export interface ThirdParty {
  /** The legal name in the authorities' register; always shown first. */
  readonly legalName: string;
  /** The `client_name` of the registration in the page's language, shown as the name of its application; absent where it may not be shown. */
  readonly clientName?: string | undefined;
  /** Address of the application's logo on our own origin, if there is one to show. */
  readonly logo?: string | undefined;
  /** e.g. "PSDFR-ACPR-12345" */
  readonly organizationIdentifier: string;
}

/** The scopes that a PSU can be asked for. */
export type Scope = 'aisp' | 'extended_transaction_history' | 'cbpii' | 'pisp';
