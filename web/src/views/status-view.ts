import type { PartState, StatusPart } from '../texts/article-texts.js';

/** How the parts are that the interface depends on. */
export interface StatusView {
  readonly parts: readonly { readonly name: StatusPart; readonly state: PartState }[];
  readonly at: Date;
}
