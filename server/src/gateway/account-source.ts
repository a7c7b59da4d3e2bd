/** What the gateway asks of a bank's back end for account information; the shapes are those of STET 1.5, without links. */
export interface AccountSource {
  /** All payment accounts of a PSU. */
  accounts(psu: string): Promise<readonly SourceAccount[]>;
  balances(psu: string, resourceId: string): Promise<readonly SourceBalance[]>;
  /** Transactions of the account from `from` on (inclusive) until `until` (exclusive), newest first. */
  transactions(psu: string, resourceId: string, range: DateRange): Promise<readonly SourceTransaction[]>;
}

export interface DateRange {
  readonly from: Date;
  readonly until: Date;
}

export interface SourceAccount {
  readonly resourceId: string;
  readonly bicFi: string;
  readonly accountId: { readonly iban: string } | { readonly other: { readonly identification: string; readonly schemeName: string } };
  readonly name: string;
  readonly usage: 'PRIV' | 'ORGA';
  readonly cashAccountType: 'CACC' | 'CARD';
  readonly product: string;
  readonly currency: string;
  readonly psuStatus: string;
  /** CARD: the resourceId of the account that is debited. */
  readonly linkedAccount?: string;
}

export interface SourceBalance {
  readonly name: string;
  readonly balanceAmount: SourceAmount;
  readonly balanceType: 'CLBD' | 'XPCD' | 'VALU' | 'OTHR';
  readonly referenceDate: string;
}

export interface SourceTransaction {
  readonly resourceId: string;
  readonly entryReference: string;
  readonly transactionAmount: SourceAmount;
  readonly creditDebitIndicator: 'CRDT' | 'DBIT';
  readonly status: 'BOOK' | 'PDNG' | 'OTHR';
  /** ISO dates at midnight UTC; a pending transaction has `expectedBookingDate` instead. */
  readonly bookingDate?: string;
  readonly expectedBookingDate?: string;
  readonly valueDate?: string;
  readonly transactionDate: string;
  readonly remittanceInformation: { readonly unstructured: readonly string[] };
}

/** The amount is never negative: `creditDebitIndicator` says which way it goes. */
export interface SourceAmount {
  readonly amount: number;
  readonly currency: string;
}
