import type { RegisterCorrection } from './register-correction.js';

/** One entity of the EBA payment institutions register (golden copy), reduced to what Postern judges by. */
export interface RegisterEntity {
  /** The competent authority's code in the register, e.g. "FR_ACPR". */
  readonly authority: string;
  /** ENT_NAT_REF_COD, trimmed. */
  readonly nationalReference: string;
  /** EntityCode, e.g. "IE_CBI!C58301". */
  readonly entityCode: string;
  /** EntityType, e.g. "PSD_PI", "PSD_AISP", "PSD_AG". */
  readonly type: string;
  /** ENT_NAM: native form first, Latin after it where there is one. */
  readonly names: readonly string[];
  /** ENT_COU_RES. */
  readonly country: string;
  /** ENT_AUT as it stands: alternating dates of authorisation and withdrawal. */
  readonly authorisationDates: readonly string[];
  /** Country → service codes ("PS_070", "PS_080", …): home and passported states. */
  readonly services: Readonly<Record<string, readonly string[]>>;
}

/** What the register said about one organisation, or that it could not be asked. */
export type RegisterAnswer =
  | {
      readonly available: true;
      /** Digest of the file that answered. */
      readonly version: string;
      readonly publishedAt: Date;
      /** Institutions under the identifier's authority whose number matches; agents and branches never match. */
      readonly candidates: readonly RegisterEntity[];
      /** What other sources say under the same reference; absent where none does. */
      readonly corrections?: readonly RegisterCorrection[];
    }
  | { readonly available: false; readonly reason: string };
