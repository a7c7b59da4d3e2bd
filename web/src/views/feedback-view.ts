import type { DecisionForm } from './console-view.js';
import type { FeedbackKind } from './contact-view.js';
import type { PortalPage } from './portal-navigation.js';

/** What a visitor of the portal wrote, in a list. All of it comes from a stranger. */
export interface ListedFeedback {
  readonly address: string;
  readonly kind: FeedbackKind;
  readonly message: string;
  readonly brand: string;
  readonly receivedAt: Date;
  readonly isOpen: boolean;
}

export interface FeedbackListView {
  /** Open ones first, newest first. */
  readonly messages: readonly ListedFeedback[];
  /** There are more than these. */
  readonly isCut: boolean;
}

/** One message, and what became of it. */
export interface FeedbackView extends Omit<ListedFeedback, 'address' | 'isOpen'> {
  readonly id: string;
  /** Of the page that it was written on. */
  readonly lang: string;
  /** The page of the portal that it is about. */
  readonly page?: PortalPage | undefined;
  readonly email?: string | undefined;
  readonly closed?: { readonly at: Date; readonly by: string };
  /** Only for who may decide, while it is open. */
  readonly close?: DecisionForm;
}
