import type { Finding } from '@postern/core/qualification/finding.js';
import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';

/** A refusal or a fault, told to a person: what happened, why, what to do, the reference to quote. */
export interface ErrorView {
  readonly code: RefusalCode;
  /** Whether no application brought its reader there: then what was wrong came from the reader. */
  readonly ofReader?: boolean;
  /** Replaces the heading that goes with the code; in the language of the page. */
  readonly title?: string;
  /** The public message of the refusal. It is English unless `messageLang` says otherwise. */
  readonly message?: string;
  readonly messageLang?: 'fr' | 'en';
  /** Replaces the catalogue's remedy; in the language of the page. */
  readonly remedy?: string;
  readonly correlationId: string;
  readonly at?: Date;
  /** The application that the PSU came from and should go back to, when it is known. */
  readonly returnHint?: { readonly application: string };
  readonly findings?: readonly Finding[];
}
