import type { Facts } from './facts.js';
import type { JourneyWorld } from './journey-world.js';

/** One step of the journey, as data: what it is called and what it does with what the steps before it found. */
export interface Step {
  readonly id: string;
  readonly title: string;
  readonly run: (world: JourneyWorld, facts: Facts) => Promise<StepResult>;
}

/** What a step that held leaves behind. */
export interface StepResult {
  /** The request line of the exchange that shows it. */
  readonly request: string;
  /** Its status line. */
  readonly response: string;
  /** Sentences that prove it; never a whole secret. */
  readonly evidence: readonly string[];
  readonly facts?: Partial<Facts>;
}

/** A step as it went. */
export interface StepReport {
  readonly id: string;
  readonly title: string;
  readonly ok: boolean;
  readonly state: 'held' | 'failed' | 'not run';
  readonly request: string;
  readonly response: string;
  readonly evidence: readonly string[];
}
