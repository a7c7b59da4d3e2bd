import type { Certificate } from '../certificate/certificate.js';

/** What an OCSP response or a CRL proves about one certificate; "unusable" proves nothing, whatever it says. */
export interface RevocationStatus {
  readonly status: 'good' | 'revoked' | 'unknown' | 'unusable';
  /** One sentence for a finding. */
  readonly detail: string;
  readonly thisUpdate?: Date;
  readonly nextUpdate?: Date;
  readonly revokedAt?: Date;
  readonly reason?: RevocationReason;
  /** Of a CRL: its cRLNumber, which never goes back (RFC 5280 clause 5.2.3). */
  readonly crlNumber?: bigint;
}

/** CRLReason (RFC 5280 clause 5.3.1) by number; certificateHold is a revocation as long as it is said. */
export const revocationReasons = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  undefined,
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
] as const;

export type RevocationReason = NonNullable<(typeof revocationReasons)[number]>;

/** The certificate whose status is asked for, and the one that issued it: verified as such beforehand. */
export interface StatusSubject {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  /** The nonce sent in the OCSP request, if one was. */
  readonly nonce?: Uint8Array;
}

export interface StatusTimes {
  readonly now: Date;
  /** Tolerated lead of the answer's clock over ours, seconds. */
  readonly clockSkewSeconds: number;
  /** Longest life of an answer without nextUpdate, seconds. */
  readonly statusMaxAgeSeconds: number;
  /** How long after its end an answer still counts, seconds; none when left out. */
  readonly graceSeconds?: number;
}

/** The answer that proves nothing, with why. */
export function unusable(detail: string): RevocationStatus {
  return { status: 'unusable', detail };
}
