export type Layer = 'path' | 'time' | 'trust' | 'profile' | 'revocation' | 'register';

export type Outcome = 'pass' | 'fail' | 'warn' | 'indeterminate' | 'not-applicable';

/** What one rule found: always the same seven things, on every page, in JSON and on the terminal. */
export interface Finding {
  /** Stable id of the rule, e.g. "psd2.role-name-matches-oid". */
  readonly rule: string;
  readonly layer: Layer;
  readonly title: string;
  readonly outcome: Outcome;
  readonly found: string;
  readonly expected: string;
  /** The clause of the standard, e.g. "ETSI TS 119 495 v1.8.1, 5.1". */
  readonly clause: string;
  /** What to do when it did not pass; empty when it did. */
  readonly remedy: string;
}
