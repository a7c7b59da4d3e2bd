import type { Lang } from '../page-context.js';
import { en } from './en.js';
import { fr } from './fr.js';
import type { Texts } from './texts.js';

const texts: Readonly<Record<Lang, Texts>> = { fr, en };

/** The texts of a language. */
export function textsOf(lang: Lang): Texts {
  return texts[lang];
}
