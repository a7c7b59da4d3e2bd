import type { TppRole } from '@postern/core/register/tpp-role.js';
import type { TestCertificates } from '../views/portal-facts.js';
import type {
  CertificateStanding,
  OwnerDeed,
  RequestField,
  RequestProblemKind,
} from '../views/test-certificates-view.js';

import type { KitTexts } from './kit-texts.js';

type CsrField = 'website_csr' | 'seal_csr';

/** The words of the pages about test certificates. */
export interface TestCertificatesTexts {
  readonly kit: KitTexts;
  /** The way from a page below to the owner's own. */
  readonly back: string;
  readonly roles: Readonly<Record<TppRole, string>>;
  readonly kinds: Readonly<Record<'qwac' | 'qsealc', string>>;
  readonly csr: Readonly<Record<CsrField, string>> & { readonly hint: string; readonly upload: string };
  readonly problemTitle: string;
  /** What is wrong with a field that is no certification request. */
  readonly fields: Readonly<Record<Exclude<RequestField, CsrField>, string>>;
  /** What is wrong with a certification request; `{which}` is its field. */
  readonly problems: Readonly<Record<Exclude<RequestProblemKind, 'unfit'>, string>>;
  readonly request: {
    readonly heading: string;
    readonly lede: Readonly<Record<TestCertificates, string>>;
    readonly have: string;
    readonly makeHeading: string;
    readonly make: string;
    readonly makeExample: string;
    readonly formHeading: string;
    readonly organizationName: string;
    readonly organizationNameHint: string;
    readonly contact: string;
    readonly contactHint: Readonly<Record<'automatic' | 'operator', string>>;
    readonly roles: string;
    readonly ignored: string;
    readonly button: string;
  };
  readonly kept: {
    readonly heading: Readonly<Record<'issued' | 'waiting', string>>;
    readonly lede: Readonly<Record<'issued' | 'waiting', string>>;
    readonly keepHeading: string;
    readonly keep: string;
    readonly file: string;
    readonly onward: string;
  };
  readonly entry: {
    readonly lede: string;
    readonly id: string;
    readonly secret: string;
    readonly secretHint: string;
    readonly button: string;
    readonly wrong: string;
    readonly none: string;
  };
  readonly mine: {
    readonly heading: string;
    readonly states: Readonly<Record<'waiting' | 'issued' | 'refused', string>>;
    readonly reason: string;
    readonly done: Readonly<Record<OwnerDeed, string>>;
    readonly notDone: string;
    readonly notDoneWhy: string;
    readonly organization: string;
    readonly identifier: string;
    readonly roles: string;
    readonly contact: string;
    readonly requested: string;
    readonly decided: string;
    readonly number: string;
    readonly certificates: string;
    readonly standings: Readonly<Record<CertificateStanding, string>>;
    readonly standing: string;
    readonly serialNumber: string;
    readonly ends: string;
    readonly endsIn: string;
    readonly endsToday: string;
    readonly hasEnded: string;
    readonly renewSoon: string;
    readonly download: string;
    readonly hold: string;
    readonly release: string;
    readonly revoke: string;
    readonly revokeReason: string;
    readonly reasons: Readonly<Record<'unspecified' | 'keyCompromise' | 'superseded' | 'cessationOfOperation', string>>;
    readonly renewHeading: string;
    readonly renew: string;
    readonly renewLink: string;
    readonly registerHeading: string;
    readonly register: string;
    readonly registerStates: Readonly<Record<'active' | 'suspended' | 'withdrawn', string>>;
    readonly registerActions: Readonly<Record<'active' | 'suspended' | 'withdrawn', string>>;
    readonly nextHeading: string;
    readonly next: string;
    readonly commands: Readonly<Record<'look' | 'check' | 'register', string>>;
    readonly leaveHeading: string;
    readonly leave: string;
    readonly leaveButton: string;
  };
  readonly renewal: {
    readonly heading: string;
    readonly lede: string;
    readonly button: string;
  };
}
