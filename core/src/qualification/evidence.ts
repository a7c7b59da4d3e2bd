import type { Certificate } from '../certificate/certificate.js';
import type { RegisterAnswer } from '../register/register-entity.js';
import type { RevocationAnswer } from '../revocation/revocation-answer.js';
import type { CertificationPath, PathFailure } from '../trust/certification-path.js';
import type { TrustedListStatus } from '../trust/trust-service.js';

/** What a certificate is presented for: website access means TLS client authentication with a QWAC. */
export type IntendedUse = 'website' | 'seal';

/** Everything a qualification is decided on, gathered beforehand; recorded with the decision so that it can be replayed. */
export interface Evidence {
  readonly use: IntendedUse;
  readonly certificate: Certificate;
  /**
   * The authorisation number "PSDFR-ACPR-12345" that the installation maps the certificate's organizationIdentifier to, where it
   * maps this one: for VAT, NTR, LEI and national forms, and for authorities that an operator has looked at.
   */
  readonly mappedIdentifier?: string;
  /** The other certificates presented, in their order. */
  readonly presented: readonly Certificate[];
  readonly path: CertificationPath | PathFailure;
  readonly trust: TrustEvidence;
  readonly revocation: readonly RevocationAnswer[];
  readonly register: RegisterAnswer;
}

export type TrustEvidence =
  | {
      readonly available: true;
      readonly version: string;
      /** The list of lists and the list of the territory that the path ends on. */
      readonly lists: readonly TrustedListStatus[];
    }
  | { readonly available: false; readonly reason: string };

/** Policy of the installation that the rules take as data; leaving it out is the strictest choice. */
export interface QualificationPolicy {
  /** Tolerated lead of a certificate's notBefore or a status answer's thisUpdate over our clock, seconds (0 to 60). */
  readonly clockSkewSeconds: number;
  /** How long after nextUpdate a trusted list still answers, seconds. */
  readonly staleListGraceSeconds: number;
  /** Longest life of a status answer without nextUpdate, seconds. */
  readonly statusMaxAgeSeconds: number;
  /**
   * How long after its end a status answer "good" still counts where there is no newer one, seconds; none when left out.
   * For reads only: registration, tokens and payments are judged without it.
   */
  readonly statusGraceSeconds?: number;
  /** The bank's own country: where passporting is looked at. */
  readonly hostCountry: string;
  /** Whether services that are not notified for the host country are told (the default) or refused. */
  readonly passporting?: 'warn' | 'refuse';
  /** Age of the register from which its rule warns, seconds; seven days when absent. */
  readonly registerWarnAgeSeconds?: number;
  /** Age of the register from which nobody is let in on it, seconds; none when absent. */
  readonly registerMaxAgeSeconds?: number;
  /** The invented authority "FR-TEST" of the bank's own sandbox; only the judge of a sandbox has one. */
  readonly testAuthority?: string;
}
