/** A point with its title. */
export interface TitledText {
  readonly title: string;
  readonly text: string;
}
