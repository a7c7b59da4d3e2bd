/** The deviations as they are kept: by standard, each with remarks and rows. */
export interface DeviationsView {
  readonly standards: readonly {
    readonly title: string;
    readonly remarks: readonly string[];
    readonly columns: readonly string[];
    readonly rows: readonly (readonly string[])[];
  }[];
}
