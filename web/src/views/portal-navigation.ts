/** The pages of a brand's developer portal in the order in which they are listed; each is named as its address ends. */
export const portalPages = [
  'start',
  'registration',
  'oauth2-endpoints',
  'sca-workflows',
  'open-banking-api',
  'registration-reference',
  'oauth2-reference',
  'accounts-reference',
  'sandbox-reference',
  'sandbox',
  'test-certificates',
  'certificate',
  'certificate-inspector',
  'signing-bench',
  'my-registrations',
  'journey',
  'fallback',
  'errors',
  'changes',
  'deviations',
  'statistics',
  'status',
  'contact',
  'search',
] as const;

export type PortalPage = (typeof portalPages)[number];

/** Addresses of the portal's own pages in the language of the page. */
export interface PortalNavigation extends Readonly<Record<PortalPage, string>> {
  /** The list of brands. */
  readonly index: string;
  /** The pages that this brand has; nothing leads to the others. */
  readonly pages: readonly PortalPage[];
  /** What this brand does not offer, told on every page; undefined where both environments offer everything. */
  readonly lacks?: Lack | undefined;
}

/** What is missing of two environments with a bank behind each. */
export const lacks = ['production', 'bank', 'sandbox', 'bank-and-sandbox'] as const;
export type Lack = (typeof lacks)[number];
