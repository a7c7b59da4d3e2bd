/** The languages in which every page exists. */
export type Lang = 'fr' | 'en';

/** What every page needs, whether or not it belongs to a brand. */
export interface SiteContext {
  readonly lang: Lang;
  /** True when the installation trusts the demo trusted list; every page then says so. */
  readonly demo: boolean;
  /** The address of the same page in each language. */
  readonly alternates: { readonly fr: string; readonly en: string };
  /** Addresses of the style sheets in their order: the common one, then the brand's. */
  readonly stylesheets: readonly string[];
}

/** What every page of a brand needs beside its own view. */
export interface PageContext extends SiteContext {
  readonly brand: { readonly id: string; readonly name: string };
  readonly environment: Environment;
}

export type Environment = 'production' | 'sandbox';
