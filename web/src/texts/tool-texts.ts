/** The words of the portal's tools. */
export interface ToolTexts {
  readonly kept: string;
  readonly problemTitle: string;
  readonly problems: Readonly<Record<'empty' | 'private-key' | 'unreadable', string>>;
  readonly inspector: {
    readonly heading: string;
    readonly lede: string;
    readonly field: string;
    readonly hint: string;
    readonly use: string;
    readonly uses: Readonly<Record<'website' | 'seal', string>>;
    readonly button: string;
    readonly present: string;
    readonly result: string;
    readonly outcomes: Readonly<Record<'qualified' | 'not-qualified' | 'indeterminate', string>>;
    readonly refusedWith: string;
    readonly subject: string;
    readonly issuer: string;
    readonly validity: string;
    readonly from: string;
    readonly thumbprint: string;
    readonly findings: string;
  };
  readonly bench: {
    readonly heading: string;
    readonly lede: string;
    readonly request: string;
    readonly requestHint: string;
    readonly certificate: string;
    readonly certificateHint: string;
    readonly button: string;
    readonly result: string;
    readonly holds: string;
    readonly fails: string;
    readonly late: string;
    readonly signingString: string;
    readonly digest: string;
    readonly octets: string;
    readonly kid: string;
    readonly kidMeaning: string;
  };
}
