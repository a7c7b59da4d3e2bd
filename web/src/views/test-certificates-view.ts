import type { RefusalReason } from '@postern/core/refusal/refusal-reason.js';
import type { TppRole } from '@postern/core/register/tpp-role.js';
import type { TestCertificates } from './portal-facts.js';
import type { PortalNavigation } from './portal-navigation.js';

/** Fields of the request for test certificates; each text is also the id of its field. */
export type RequestField = 'organization_name' | 'contact' | 'roles' | 'website_csr' | 'seal_csr';

/** What may be wrong with a field, beside what its own words say. */
export type RequestProblemKind = 'unfit' | 'missing' | 'both-ways' | RefusalReason;

export interface RequestProblem {
  readonly field: RequestField;
  readonly kind: RequestProblemKind;
}

/** What stands in the fields again; empty for what must not be shown. */
export interface RequestValues {
  readonly organizationName: string;
  readonly contact: string;
  readonly roles: readonly string[];
  readonly websiteCsr: string;
  readonly sealCsr: string;
}

/** The request for test certificates, empty or as it came. */
export interface TestCertificatesView {
  readonly navigation: PortalNavigation;
  readonly formToken: string;
  readonly agreement: TestCertificates;
  /** Of a certificate, in days. */
  readonly certificateDays: number;
  /** Where the page of an applicant is. */
  readonly mine: string;
  readonly values: RequestValues;
  readonly problems: readonly RequestProblem[];
}

/** The answer to a request: what its sender must keep, shown once. */
export interface TestCertificatesKeptView {
  readonly navigation: PortalNavigation;
  readonly waiting: boolean;
  readonly mine: string;
  readonly organizationIdentifier: string;
  /** JSON with the id and the secret, as `tpp` reads it. */
  readonly owner: string;
}

/** The way back to one's test certificates for who has no cookie any more. */
export interface TestCertificatesEntryView {
  readonly navigation: PortalNavigation;
  readonly mine: string;
  readonly id: string;
  /** Whether what was typed opens nothing. */
  readonly wrong: boolean;
}

export type CertificateStanding = 'good' | 'held' | 'revoked' | 'ended';

export interface TestCertificateView {
  readonly kind: 'qwac' | 'qsealc';
  readonly serialNumber: string;
  readonly standing: CertificateStanding;
  readonly issuedAt: Date;
  readonly notAfter: Date;
  /** Until the end, rounded down. */
  readonly daysLeft: number;
  readonly endsSoon: boolean;
  readonly download: { readonly address: string; readonly file: string };
}

/** What an owner can do on the page; `renew` has a page of its own. */
export type OwnerDeed = 'hold' | 'release' | 'revoke' | 'register' | 'renew';

export interface MyTestCertificatesView {
  readonly navigation: PortalNavigation;
  /** Where this page stands; the forms post to addresses below it. */
  readonly mine: string;
  readonly formToken: string;
  readonly applicant: {
    readonly id: string;
    readonly state: 'waiting' | 'issued' | 'refused';
    readonly registerState: 'active' | 'suspended' | 'withdrawn';
    readonly organizationIdentifier: string;
    readonly organizationName: string;
    readonly contact: string;
    readonly roles: readonly TppRole[];
    readonly requestedAt: Date;
    readonly decidedAt: Date | undefined;
    readonly reason: string | undefined;
  };
  readonly certificates: readonly TestCertificateView[];
  /** Commands to type next, as text. */
  readonly commands: Readonly<Record<'look' | 'check' | 'register', string>> | undefined;
  /** What was just done. */
  readonly done?: OwnerDeed;
  /** Whether what was just asked for could not be done, as things stand. */
  readonly notDone?: boolean;
}

/** The form for new certificates. */
export interface RenewTestCertificatesView {
  readonly navigation: PortalNavigation;
  readonly mine: string;
  readonly formToken: string;
  readonly values: Pick<RequestValues, 'websiteCsr' | 'sealCsr'>;
  readonly problems: readonly RequestProblem[];
}
