/** One thing wrong with what was sent for registration. */
export interface Problem {
  /** The member of the metadata it is about, e.g. "redirect_uris". */
  readonly member: string;
  /** A sentence that names the member and its rule. */
  readonly text: string;
}
