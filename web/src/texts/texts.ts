import type { Layer, Outcome } from '@postern/core/qualification/finding.js';
import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';
import type { Environment } from '../page-context.js';
import type { Lack, PortalPage } from '../views/portal-navigation.js';
import type { ConsoleTexts } from './console-texts.js';
import type { PortalTexts } from './portal-texts.js';
import type { PsuTexts } from './psu-texts.js';

/**
 * Every text of every page, in one language. A text that is missing is a compile error.
 * In a text, `{name}` is filled by the page and `code` between backticks is shown as code (see parts/prose.tsx).
 */
export interface Texts extends PsuTexts, PortalTexts {
  readonly shell: ShellTexts;
  readonly error: ErrorTexts;
  readonly refusals: Readonly<Record<RefusalCode, { readonly meaning: string; readonly remedy: string }>>;
  readonly findings: FindingTexts;
  readonly console: ConsoleTexts;
}

export interface ShellTexts {
  readonly skip: string;
  readonly languages: string;
  readonly portalNavigation: string;
  readonly brands: string;
  readonly pages: Readonly<Record<PortalPage, string>>;
  /** The list of all pages below a page, and the link to it. */
  readonly allPages: string;
  /** The way to the contact page. */
  readonly aboutThisPage: string;
  readonly searchLabel: string;
  readonly searchButton: string;
  readonly environment: Readonly<Record<Environment, string>>;
  readonly notice: string;
  readonly demo: { readonly label: string } & Readonly<Record<Environment, string>>;
  readonly sandbox: { readonly label: string; readonly text: string };
  /** What a brand does not offer. */
  readonly lacks: Readonly<Record<Lack, { readonly label: string; readonly text: string }>>;
  readonly footerPsu: string;
  readonly footerPortal: string;
}

export interface ErrorTexts {
  readonly headings: Readonly<Record<ErrorHeading, string>>;
  readonly whatHappened: string;
  readonly whatToDo: string;
  readonly notYourFault: string;
  readonly nothingShared: string;
  readonly goBack: string;
  readonly goBackUnknown: string;
  readonly forDevelopers: string;
  readonly cameFrom: string;
  readonly openAgain: string;
  readonly contact: string;
  readonly quote: string;
  readonly reference: string;
  readonly time: string;
  readonly code: string;
  readonly message: string;
  readonly findings: string;
}

export type ErrorHeading =
  | 'notFound'
  | 'finished'
  | 'signIn'
  | 'denied'
  | 'decision'
  | 'form'
  | 'busy'
  | 'fault'
  | 'request';

export interface FindingTexts {
  readonly outcomes: Readonly<Record<Outcome, string>>;
  readonly layers: Readonly<Record<Layer, string>>;
  readonly found: string;
  readonly expected: string;
  readonly clause: string;
  readonly remedy: string;
}
