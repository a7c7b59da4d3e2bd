import type { Finding } from '@postern/core/qualification/finding.js';
import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';
import type { PortalNavigation } from './portal-navigation.js';

/** A pasted certificate and what every rule found; fields `certificate` and `use`. */
export interface InspectorView {
  readonly navigation: PortalNavigation;
  /** What stands in the field again; empty for what must not be shown. */
  readonly text: string;
  readonly use: 'website' | 'seal';
  readonly problem?: PastedProblem;
  readonly result?: InspectionResult;
}

/** What every rule found on one certificate. */
export interface InspectionResult {
  readonly outcome: 'qualified' | 'not-qualified' | 'indeterminate';
  readonly code?: RefusalCode;
  readonly subject: string;
  readonly issuer: string;
  readonly thumbprint: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly findings: readonly Finding[];
}

/** Why nothing could be looked at; `message` is of a refusal, in English. */
export type PastedProblem =
  | { readonly kind: 'empty' | 'private-key' }
  | { readonly kind: 'unreadable'; readonly message: string };
