import type { RefusalCode } from '../refusal/refusal-catalog.js';
import type { Evidence, QualificationPolicy } from './evidence.js';
import type { Layer, Outcome } from './finding.js';

/** One clause of one standard, as a pure function over evidence. All rules always run; none throws. */
export interface Rule {
  readonly id: string;
  readonly layer: Layer;
  readonly title: string;
  readonly clause: string;
  /** The day from which the clause applies, judged against the certificate's notBefore; earlier is not-applicable. */
  readonly effective?: string;
  /** The refusal that a failure leads to. */
  readonly refusal: RefusalCode;
  readonly judge: (evidence: Evidence, policy: QualificationPolicy, now: Date) => Verdict;
}

export interface Verdict {
  readonly outcome: Outcome;
  readonly found: string;
  readonly expected: string;
  readonly remedy?: string;
}
