import type { KeyObject } from 'node:crypto';
import type { SampleFacts } from '@postern/web/samples/sample-facts.js';
import type { JourneyExhibit } from '@postern/web/views/journey-view.js';
import type { Realm } from '../realm.js';
import type { Identity, Send } from './explorer-connection.js';

/** A customer of the simulated bank, and where its phone is looked at. */
export interface Visitor {
  readonly user: string;
  readonly password: string;
  /** A page of the web listener. */
  readonly phone: string;
}

/** The surroundings of one journey. */
export interface JourneyWorld {
  readonly realm: Realm;
  /** What the third party is called, here and nowhere else. */
  readonly name: string;
  readonly facts: SampleFacts;
  readonly customer: Visitor;
  readonly send: Send;
  /** The code behind the address that gives test certificates. */
  readonly apply: (body: Uint8Array) => Promise<object>;
  readonly pause: () => Promise<void>;
  readonly clock: () => Date;
}

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** What the steps before have found. Private keys stay here, and end with the journey. */
export interface JourneyState {
  readonly websiteKeys?: KeyPair;
  readonly sealKeys?: KeyPair;
  readonly requests?: { readonly website: string; readonly seal: string };
  readonly identity?: Identity;
  readonly sealPath?: string;
  readonly clientId?: string;
  readonly keyId?: string;
  readonly code?: string;
  readonly verifier?: string;
  readonly accessToken?: string;
}

/** What a step shows, whether it held, and what the next ones may build on. */
export interface StepOutcome {
  readonly exhibits: readonly JourneyExhibit[];
  readonly held: boolean;
  readonly found?: JourneyState;
}

export type RunStep = (world: JourneyWorld, state: JourneyState) => Promise<StepOutcome>;

/** What an earlier step found; throws when it is not there, which is a fault of ours. */
export function need<Name extends keyof JourneyState>(
  state: JourneyState,
  name: Name,
): NonNullable<JourneyState[Name]> {
  const value = state[name];
  if (value === undefined) throw new Error(`the journey has no ${name} yet`);
  return value as NonNullable<JourneyState[Name]>;
}
