import type { KeyObject } from 'node:crypto';

/** An authority that signs: its name and its keys. */
export interface IssuerKey {
  /** Subject of its certificate, DER. */
  readonly name: Uint8Array;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** A certificate that was taken back, for a time or for good. */
export interface RevokedEntry {
  /** Hexadecimal. */
  readonly serialNumber: string;
  readonly revokedAt: Date;
  /** CRLReason (RFC 5280 clause 5.3.1) by number. */
  readonly reason: number;
}
