import type { KitDefect } from '../views/kit-defect.js';

/** The words of the page with broken certificates. */
export interface KitTexts {
  readonly heading: string;
  readonly lede: string;
  readonly presented: string;
  readonly issue: string;
  readonly issueAgain: string;
  readonly none: string;
  readonly caption: string;
  readonly defect: string;
  readonly refusal: string;
  readonly rule: string;
  readonly file: string;
  readonly command: string;
  readonly defects: Readonly<Record<KitDefect, string>>;
}
