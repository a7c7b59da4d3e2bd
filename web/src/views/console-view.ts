/** The pages of the console that stand in its menu, in that order; each but the start is named as its address ends. */
export const consolePages = ['start', 'requests', 'names', 'clients', 'feedback', 'history'] as const;

export type ConsolePage = (typeof consolePages)[number];

/** Where a page stands in the console, and who reads it. */
export interface ConsolePlace {
  readonly installation: string;
  readonly navigation: Readonly<Record<ConsolePage, string>>;
  readonly current: ConsolePage;
  /** How many wait for somebody, where any do. */
  readonly waiting: Partial<Readonly<Record<ConsolePage, number>>>;
  readonly operator: { readonly name: string; readonly subject: string; readonly mayDecide: boolean };
  readonly signOut: ConsoleForm;
}

/** A form of the console. */
export interface ConsoleForm {
  readonly action: string;
  readonly formToken: string;
}

/** A form of the console that decides on what its page shows, and on nothing that has changed since. */
export interface DecisionForm extends ConsoleForm {
  /** Digest of what was shown. */
  readonly shown: string;
}

/** What is wrong with an answer that came back. */
export type AnswerProblem = 'reason-missing' | 'reason-unreadable' | 'answer-missing';

/** The form with which something is decided, as it was filled in. */
export interface AnswerView extends DecisionForm {
  readonly reason?: string;
  readonly problem?: AnswerProblem;
}
