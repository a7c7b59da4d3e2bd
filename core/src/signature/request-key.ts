import type { KeyObject } from 'node:crypto';

/** One registered QSealC of a client, as far as verifying its signatures needs it. */
export interface RequestKey {
  readonly kid: string;
  /** The address under which the client registered the certificate: another name of the key, never fetched. */
  readonly x5u?: string;
  /** The client's own name of the key, where the bank keeps one. */
  readonly alias?: string;
  readonly publicKey: KeyObject;
  /** The certificate's end of validity. */
  readonly notAfter: Date;
  /** Why the certificate no longer counts although it has not expired: revoked, its service withdrawn. Left out while it counts. */
  readonly ended?: string;
}
