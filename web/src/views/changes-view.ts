/** One announcement of the bank about its interface, in the language of the page. */
export interface AnnouncedChange {
  /** Fragment of the page, and part of the feed's identifiers. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** The day of the announcement. */
  readonly announced: Date;
  /** The day from which the change is in force. */
  readonly effective?: Date | undefined;
}

export interface ChangesView {
  /** Newest first. */
  readonly changes: readonly AnnouncedChange[];
  readonly feed: string;
}
