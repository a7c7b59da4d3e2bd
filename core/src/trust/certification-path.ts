import type { Certificate } from '../certificate/certificate.js';
import type { TrustService } from './trust-service.js';

/** A certification path that verified: end entity first, the CA certificate of a trust service last (the anchor). */
export interface CertificationPath {
  readonly certificates: readonly Certificate[];
  /** Every trust service whose identity holds the anchor's key; several may match, and may disagree. */
  readonly services: readonly TrustService[];
}

/** Why no path was found: the closest failure, as data for a finding. */
export interface PathFailure {
  readonly problem: PathProblem;
  readonly detail: string;
}

export type PathProblem =
  | 'no-issuer'
  | 'signature'
  | 'not-a-ca'
  | 'path-length'
  | 'key-usage'
  | 'name-constraints'
  | 'critical-extension'
  | 'duplicate-extension'
  | 'weak-algorithm'
  | 'validity'
  | 'too-long';
