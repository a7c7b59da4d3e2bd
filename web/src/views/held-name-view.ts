import type { AnswerView } from './console-view.js';

/** The names of an application, as they were judged together. */
export interface ListedNames {
  readonly address: string;
  readonly names: readonly ShownName[];
  readonly legalName: string;
  readonly brand: string;
  readonly environment: 'production' | 'sandbox';
  readonly judgedAt: Date;
}

export interface ShownName {
  /** A language tag, "" for the name without one. */
  readonly language: string;
  readonly name: string;
}

/** One review, with all that there is to judge it by. */
export interface NamesReviewView extends Omit<ListedNames, 'address'> {
  readonly reviewId: string;
  readonly state: 'clear' | 'held' | 'released' | 'refused';
  readonly organizationIdentifier: string;
  readonly clientId: string;
  readonly contacts: readonly string[];
  readonly doubts: readonly {
    readonly kind: 'scripts' | 'bank' | 'third-party';
    readonly detail?: string | undefined;
  }[];
  /** Only for who may decide. */
  readonly answer?: AnswerView;
}
