/** One section of an article: paragraphs, then points. */
export interface SectionText {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly points?: readonly string[];
}

/** A page of the portal that is read from top to bottom; the sections stand in their order and are named as their fragments. */
export interface ArticleText<Section extends string> {
  readonly heading: string;
  readonly lede: string;
  readonly sections: Readonly<Record<Section, SectionText>>;
}
