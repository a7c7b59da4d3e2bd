/** A page as whoever comes to it for the first time gets it. */
export interface PublicPage {
  readonly address: string;
  /** Its name among the pages of the portal. */
  readonly title: string;
  readonly html: string;
}
