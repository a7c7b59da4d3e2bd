/** What is known of a code "FR-ACPR" of a national competent authority at a time. */
export type AuthorityStanding =
  | { readonly standing: 'listed' }
  /** Once right, or a spelling that QTSPs used; `successor` is what is written today, if anything is. */
  | { readonly standing: 'former'; readonly until: Date | undefined; readonly successor: string | undefined }
  | { readonly standing: 'unknown' };

/** Looks a code up in the list of the EBA (ETSI TS 119 495 clause 5.2.3, list of 2 February 2023), exactly as it is written. */
export function competentAuthority(code: string): AuthorityStanding {
  if (listed.has(code)) return { standing: 'listed' };
  return former.get(code) ?? { standing: 'unknown' };
}

const listed: ReadonlySet<string> = new Set(
  [
    'AT-FMA BE-NBB BG-BNB CY-CBC CZ-CNB DE-BAFIN DK-DFSA EE-FI ES-BE FI-FINFSA FR-ACPR GR-BOG HR-HNB HU-CBH IE-CBI',
    'IS-CBI IT-BI LI-FMA LT-BL LU-CSSF LV-BL MT-MFSA NL-DNB NO-FSA PL-PFSA PT-BP RO-NBR SE-FINA SI-BS SK-NBS',
  ].flatMap((line) => line.split(' ')),
);

const former: ReadonlyMap<string, AuthorityStanding> = new Map<string, AuthorityStanding>([
  ['ES-BDE', { standing: 'former', until: undefined, successor: 'ES-BE' }],
  ['GB-FCA', { standing: 'former', until: new Date('2021-01-01T00:00:00Z'), successor: undefined }],
  ['IS-FME', { standing: 'former', until: new Date('2020-01-01T00:00:00Z'), successor: 'IS-CBI' }],
  ['LV-FCMC', { standing: 'former', until: new Date('2023-01-01T00:00:00Z'), successor: 'LV-BL' }],
  ['LV-FKTK', { standing: 'former', until: new Date('2023-01-01T00:00:00Z'), successor: 'LV-BL' }],
]);
