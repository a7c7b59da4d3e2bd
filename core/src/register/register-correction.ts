/**
 * What a source beside the EBA register says of one institution: a list of credit institutions, a national register, or the
 * bank's own decision. What is undefined is not spoken of.
 */
export interface RegisterCorrection {
  /** The competent authority's code in the register, e.g. "FR_ACPR". */
  readonly authority: string;
  /** The authorisation number, as the authority writes it. */
  readonly number: string;
  /** "PSD_PI", …; "CRD_CRE_INS" for a credit institution, which the EBA payment institutions register never holds. */
  readonly type: string | undefined;
  readonly names: readonly string[];
  /** Country of residence; empty when it is that of the authority. */
  readonly country: string;
  readonly authorisationDates: readonly string[] | undefined;
  readonly services: Readonly<Record<string, readonly string[]>> | undefined;
  /** Who says so, for people: "REGAFI, 20 November 2026". */
  readonly source: string;
  /** Why the entry was made; for the bank's own people, never shown to a third party. */
  readonly reason: string;
  /** The bank's decision to go by this entry even where another source is stricter; always ends. */
  readonly override: boolean;
  /** The entry counts until then. */
  readonly expires: Date | undefined;
}
