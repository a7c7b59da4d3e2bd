import type { Bank } from '../bank/bank.js';
import type { Connection, ConnectionCredentials } from '../http/connection.js';
import type { Psu } from '../psu/answer-pages.js';

/** Where a journey takes place: fixed from its first step to its last. */
export interface JourneyWorld {
  readonly bank: Bank;
  /** The demo QTSP and register. */
  readonly qtspUrl: string;
  /** The web listener, where the PSU must be sent; undefined when it is not known beforehand. */
  readonly webUrl: string | undefined;
  readonly psu: Psu;
  readonly clock: () => Date;
  /** Opens a connection that trusts the bank's CA; the journey closes it at its end. */
  readonly connect: (credentials?: Omit<ConnectionCredentials, 'ca'>) => Connection;
  /** Waits between two tries of something that takes the bank a moment. */
  readonly pause: () => Promise<void>;
}
