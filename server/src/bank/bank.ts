/** A customer of the bank as the authorization pages know them. */
export interface Customer {
  /** The bank's own key of the customer; never shown to a third party. */
  readonly psu: string;
  readonly name: string;
  /** Where messages go, masked, e.g. "•• •• •• •• 42". */
  readonly messageDestination: string;
}

/** What the authorization pages ask of the bank: who its customers are, and a way to reach them outside the browser. */
export interface CustomerDirectory {
  /**
   * The customer of that user name and password; undefined when either is wrong, after the same work in both cases.
   * User names that differ in case or outer space only must not belong to different customers.
   */
  authenticate(user: string, password: string): Promise<Customer | undefined>;
  readCustomer(psu: string): Promise<Customer | undefined>;
  /** Sends a text to the customer's phone. */
  sendMessage(psu: string, text: string): Promise<void>;
}

/** What the open-banking API and the consent page read. */
export interface AccountDirectory {
  accounts(psu: string): Promise<readonly BankAccount[]>;
  /** Empty when the PSU has no such account. */
  balances(psu: string, resourceId: string): Promise<readonly BankBalance[]>;
  /** Newest first; empty when the PSU has no such account. */
  transactions(psu: string, resourceId: string, range: DateRange): Promise<readonly BankTransaction[]>;
}

/** The whole back end of one brand in one environment. */
export type Bank = CustomerDirectory & AccountDirectory;

/** Days of booking: `from` belongs to it, `until` does not. */
export interface DateRange {
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
}

/** AccountResource of the STET framework 1.5, without its links. */
export interface BankAccount {
  readonly resourceId: string;
  readonly bicFi: string;
  readonly accountId:
    | { readonly iban: string; readonly currency: string }
    | { readonly other: CardIdentification; readonly currency: string };
  readonly name: string;
  readonly usage: 'PRIV' | 'ORGA';
  readonly cashAccountType: 'CACC' | 'CARD';
  /** CARD only: resourceId of the account that the card's sums are taken from. */
  readonly linkedAccount?: string;
  readonly product: string;
  readonly currency: string;
  readonly psuStatus: 'Account Holder';
}

/** GenericIdentification: a masked card number. */
export interface CardIdentification {
  readonly identification: string;
  readonly schemeName: 'MPAN';
}

/** AmountType: a decimal number with two places at most. */
export interface Amount {
  readonly amount: number;
  readonly currency: string;
}

/** BalanceResource of the STET framework 1.5. */
export interface BankBalance {
  readonly name: string;
  readonly balanceAmount: Amount;
  readonly balanceType: 'CLBD' | 'XPCD' | 'OTHR';
  /** Timestamp with offset. */
  readonly referenceDate: string;
}

/** Transaction of the STET framework 1.5: amounts are absolute, `creditDebitIndicator` tells the direction. */
export interface BankTransaction {
  readonly resourceId: string;
  readonly entryReference: string;
  readonly transactionAmount: Amount;
  readonly creditDebitIndicator: 'CRDT' | 'DBIT';
  /** BOOK booked, PDNG pending, OTHR a card payment whose sum is taken later. */
  readonly status: 'BOOK' | 'PDNG' | 'OTHR';
  readonly bookingDate?: string;
  readonly expectedBookingDate?: string;
  readonly valueDate?: string;
  readonly transactionDate: string;
  readonly remittanceInformation: { readonly unstructured: readonly string[] };
}
