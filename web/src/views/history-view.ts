/** What people of the bank have decided, newest first. */
export interface HistoryView {
  readonly decisions: readonly PastDecision[];
  /** Where the earlier ones are. */
  readonly earlier?: string;
}

export interface PastDecision {
  readonly at: Date;
  readonly kind: DecisionKind;
  /** Of whom or what: an organisation, or names. */
  readonly about: string;
  readonly by: string;
  readonly reason?: string | undefined;
  readonly brand?: string | undefined;
}

export type DecisionKind =
  | 'agreed'
  | 'issued'
  | 'refused'
  | 'name-released'
  | 'name-refused'
  | 'client-suspended'
  | 'client-restored'
  | 'feedback-closed';
