import type { ContactProblem, FeedbackKind } from '../views/contact-view.js';

/** The words of the contact page. */
export interface ContactTexts {
  readonly heading: string;
  readonly lede: string;
  readonly reach: string;
  readonly email: string;
  readonly phone: string;
  readonly hours: string;
  readonly noContacts: string;
  readonly write: string;
  readonly secrets: string;
  readonly kind: string;
  readonly kinds: Readonly<Record<FeedbackKind, string>>;
  readonly page: string;
  readonly noPage: string;
  readonly message: string;
  readonly messageHint: string;
  readonly answerTo: string;
  readonly answerToHint: string;
  readonly button: string;
  readonly problemTitle: string;
  readonly problems: Readonly<Record<ContactProblem, string>>;
  readonly received: string;
  readonly receivedText: string;
  readonly reference: string;
  readonly another: string;
}
