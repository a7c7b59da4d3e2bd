import type { JourneyStepName } from '../views/journey-view.js';
import type { TitledText } from './titled-text.js';

/** The words of the journey explorer. */
export interface JourneyTexts {
  readonly heading: string;
  readonly lede: string;
  readonly what: string;
  readonly whatText: string;
  readonly promise: string;
  readonly button: string;
  readonly again: string;
  readonly patience: string;
  readonly unavailable: Readonly<Record<'none' | 'operator', string>>;
  readonly result: string;
  readonly held: string;
  readonly failed: string;
  readonly removed: string;
  readonly states: Readonly<Record<'held' | 'failed' | 'not-run', string>>;
  readonly steps: Readonly<Record<JourneyStepName, TitledText>>;
  readonly request: string;
  readonly answer: string;
  readonly called: string;
  readonly exhibits: Readonly<Record<'certification-request' | 'signing-string' | 'visit', string>>;
  readonly code: string;
  readonly codeText: string;
  readonly languages: Readonly<Record<'curl' | 'typescript' | 'java', string>>;
  readonly abridged: string;
}
