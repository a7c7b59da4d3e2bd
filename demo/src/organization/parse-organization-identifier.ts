import { DemoError } from '../demo-error.js';

export interface OrganizationIdentifier {
  /** The whole, e.g. "PSDFR-ACPR-12345". */
  readonly text: string;
  /** "FR". */
  readonly country: string;
  /** "FR-ACPR": the NCAId of TS 119 495. */
  readonly ncaId: string;
  /** "12345": may itself hold hyphens. */
  readonly number: string;
}

/** PSDcc-NCA-number of TS 119 495 clause 5.2.1, within what an X.520 organizationIdentifier of the demo may be long. */
export function parseOrganizationIdentifier(text: string): OrganizationIdentifier {
  const [, country, authority, number] = /^PSD([A-Z]{2})-([A-Z]{2,8})-([\x21-\x7e]{1,64})$/.exec(text) ?? [];
  if (country === undefined || authority === undefined || number === undefined) {
    throw new DemoError(
      `the organization identifier "${text.slice(0, 100)}" does not have the form PSDcc-NCA-number, as in PSDFR-ACPR-12345`,
      { usage: true },
    );
  }
  return { text, country, ncaId: `${country}-${authority}`, number };
}
