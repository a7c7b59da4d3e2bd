import type { PortalNavigation, PortalPage } from './portal-navigation.js';

export const feedbackKinds = ['question', 'fault', 'documentation', 'idea'] as const;

export type FeedbackKind = (typeof feedbackKinds)[number];
export type ContactProblem = 'kind-missing' | 'message-missing' | 'message-long' | 'message-key' | 'email-wrong';

/** What stands in the form. */
export interface ContactForm {
  readonly kind: FeedbackKind | undefined;
  readonly page: PortalPage | undefined;
  readonly message: string;
  readonly email: string;
}

/** How the bank can be reached, and a form to write to it. */
export interface ContactView {
  readonly navigation: PortalNavigation;
  readonly formToken: string;
  readonly contacts: {
    readonly email?: string | undefined;
    readonly phone?: string | undefined;
    /** In the language of the page. */
    readonly hours?: string | undefined;
  };
  readonly form: ContactForm;
  readonly problems: readonly ContactProblem[];
  readonly longestMessage: number;
  /** What was just sent is known by this. */
  readonly reference?: string;
}
