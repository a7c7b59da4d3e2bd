import type { TrustService } from '@postern/core/trust/trust-service.js';

/** A trusted list, or the list of lists (ETSI TS 119 612), reduced to what Postern judges by. */
export interface TrustedList {
  /** SchemeTerritory: "EU" for the list of lists. */
  readonly territory: string;
  readonly kind: 'list-of-lists' | 'national' | 'other';
  readonly sequence: number;
  readonly issuedAt: Date;
  /** Undefined for a closed list. */
  readonly nextUpdate: Date | undefined;
  /** SchemeInformationURI, each address once in its order: in the list of lists its pivots and the Official Journal. */
  readonly informationAddresses: readonly string[];
  readonly pointers: readonly ListPointer[];
  /** The CA/QC services; other services play no part in a qualification. */
  readonly services: readonly TrustService[];
  /** Entries left out because they cannot be read, each a sentence. */
  readonly skipped: readonly string[];
}

/** An OtherTSLPointer (TS 119 612 clause 5.3.13). */
export interface ListPointer {
  readonly territory: string;
  readonly address: string;
  readonly mimeType: string;
  /** SHA-256 of the certificates that may sign the list, lower-case hexadecimal. */
  readonly signers: readonly string[];
  /** When their certificates end, of those that can be read. */
  readonly signerEnds: Readonly<Record<string, Date>>;
}
