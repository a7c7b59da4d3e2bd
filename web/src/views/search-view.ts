import type { PortalNavigation } from './portal-navigation.js';

/** What was looked for in the portal, and where it stands. */
export interface SearchView {
  readonly navigation: PortalNavigation;
  /** Empty before anything was asked. */
  readonly query: string;
  readonly results: readonly SearchResult[];
}

export interface SearchResult {
  readonly href: string;
  readonly page: string;
  readonly heading: string;
  /** Some words around the first that was found. */
  readonly excerpt: string;
}
