import type { Certificate } from '../certificate/certificate.js';
import type { RefusalCode } from '../refusal/refusal-catalog.js';
import type { TppRole } from '../register/tpp-role.js';
import type { Finding } from './finding.js';

export type { TppRole };

/** The outcome of all rules over one piece of evidence at one time. */
export type Qualification =
  | {
      readonly outcome: 'qualified';
      readonly at: Date;
      readonly certificate: QualifiedCertificate;
      readonly organization: Organization;
      readonly findings: readonly Finding[];
      /** The verdict holds until then if no input changes: the earliest end among certificate, list and status. */
      readonly validUntil: Date;
    }
  | {
      readonly outcome: 'not-qualified' | 'indeterminate';
      readonly at: Date;
      /** The code of the first rule, in catalogue order, that did not hold. */
      readonly code: RefusalCode;
      readonly findings: readonly Finding[];
    };

declare const qualified: unique symbol;

/** A certificate that passed every rule; only `qualify` makes one. */
export type QualifiedCertificate = Certificate & { readonly [qualified]: true };

/** The third party a qualified certificate belongs to: the identity, of which certificates are replaceable credentials. */
export interface Organization {
  /** organizationIdentifier, e.g. "PSDFR-ACPR-12345". */
  readonly identifier: string;
  /** The legal name in the register. */
  readonly legalName: string;
  /** Roles in the certificate. */
  readonly certificateRoles: readonly TppRole[];
  /** Roles that the register's services allow in the home country. */
  readonly registerRoles: readonly TppRole[];
}
