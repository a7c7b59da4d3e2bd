/** What the code for a journey is filled in with. All of it is public. */
export interface SampleFacts {
  readonly issuer: string;
  /** Base of the open-banking API with its version. */
  readonly api: string;
  readonly authorization: string;
  readonly redirectUri: string;
}

/** The code of one step in one language. */
export type Sample = (facts: SampleFacts) => string;
