/** The list of brands of an installation, at `/`. */
export interface IndexView {
  /** Name of the installation. */
  readonly installation: string;
  readonly brands: readonly {
    readonly id: string;
    readonly name: string;
    readonly color: string;
    readonly start: string;
  }[];
}
