import { confusableLetters } from './confusable-letters.js';

/**
 * What a name looks like, for comparing only (after UTS 39 section 4): names that a reader may take for each other have the same
 * skeleton. Accents, case, spaces, punctuation, digits in the place of letters and the legal form at the end do not count.
 */
export function skeletonOf(name: string): string {
  const words = skeletonWords(name);
  const end = words.findLastIndex((word) => !legalForms.has(word));
  return (end < 0 ? words : words.slice(0, end + 1)).join('');
}

/** The same, word by word and with legal forms. */
export function skeletonWords(name: string): readonly string[] {
  // Marks go, and so do dots within a word: C.I.C is read as CIC.
  const bare = name.normalize('NFKD').replaceAll(/\p{M}+|(?<=\p{L})[.\u00b7](?=\p{L})/gu, '');
  return (bare.match(/[\p{L}\p{N}$@|!\u20ac]+/gu) ?? []).map(foldWord);
}

/** Whether a letter looks like a Latin one without being one. */
export function looksLatin(letter: string): boolean {
  return confusableLetters.has(letter) || confusableLetters.has(letter.toLowerCase());
}

function foldWord(word: string): string {
  const letters = [...word].map((letter) => {
    const latin = confusableLetters.get(letter) ?? confusableLetters.get(letter.toLowerCase()) ?? letter.toLowerCase();
    return inPlaceOfLetters[latin] ?? latin;
  });
  return letters.join('').replaceAll('rn', 'm').replaceAll('vv', 'w');
}

/** i, l and 1 are one: which of them a reader sees depends on case and typeface. */
const inPlaceOfLetters: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  i: 'l',
  '1': 'l',
  '|': 'l',
  '!': 'l',
  '0': 'o',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  $: 's',
  '@': 'a',
  '\u20ac': 'e',
});

const legalForms: ReadonlySet<string> = new Set(
  'ab ag as aps asbl bv bvba ek eurl gmbh inc kft limited llc ltd nv oy oyj plc sa sarl sas sasu scop se sl srl spa sprl sro uab ug'
    .split(' ')
    .map(foldWord),
);
