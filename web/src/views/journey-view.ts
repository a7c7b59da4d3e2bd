import type { SampleFacts } from '../samples/sample-facts.js';
import type { PortalNavigation } from './portal-navigation.js';

/** The steps of a third party's journey, in their order. */
export const journeySteps = [
  'keys',
  'certificates',
  'check',
  'register',
  'authorize',
  'token',
  'call',
  'altered',
  'anonymous',
  'end',
] as const;

export type JourneyStepName = (typeof journeySteps)[number];

/** Something that a step shows. */
export type JourneyExhibit =
  | { readonly kind: 'exchange'; readonly request: string; readonly answer: string }
  /** The same without the network: the code behind the address was called. */
  | { readonly kind: 'called'; readonly request: string; readonly answer: string }
  | { readonly kind: 'certification-request' | 'signing-string' | 'visit'; readonly text: string };

export interface JourneyStepReport {
  readonly name: JourneyStepName;
  readonly state: 'held' | 'failed' | 'not-run';
  readonly exhibits: readonly JourneyExhibit[];
}

/** A journey that was run just now. */
export interface JourneyReport {
  readonly held: boolean;
  readonly steps: readonly JourneyStepReport[];
}

/** The journey explorer: what the steps are and the code for each, and what came of a run. */
export interface JourneyView {
  readonly navigation: PortalNavigation;
  readonly formToken: string;
  /** Why there is none to run, where there is none. */
  readonly unavailable?: 'none' | 'operator' | undefined;
  readonly facts: SampleFacts;
  readonly report?: JourneyReport;
}
