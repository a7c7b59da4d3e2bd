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
}
