import { looksLatin, skeletonOf, skeletonWords } from './name-skeleton.js';

/** Why somebody should look at a name before payment service users read it. */
export interface NameDoubt {
  readonly kind: 'scripts' | 'bank' | 'third-party';
  /** A predicate that the third party may read: "mixes letters of ...". */
  readonly text: string;
  /** What it was taken for; for the bank only. */
  readonly detail?: string;
}

/**
 * What is doubtful about a name by itself (UTS 39 section 5) and beside the names of the bank, its brands above all. Empty for a name
 * that may be shown at once. Whether it is another third party's takes knowing them: that is the store's to say.
 */
export function findNameDoubts(name: string, bankNames: readonly string[]): readonly NameDoubt[] {
  const bank = bankNames.find((own) => readsLike(name, own));
  return [
    ...(mixesScripts(name) ? [{ kind: 'scripts' as const, text: 'mixes letters of scripts that look alike' }] : []),
    ...(bank === undefined ? [] : [{ kind: 'bank' as const, text: 'reads like a name of this bank', detail: bank }]),
  ];
}

const shortestInside = 6;

/** Whether a name holds a bank's own: as words, or run together with others where it is long enough not to be there by chance. */
function readsLike(name: string, own: string): boolean {
  const [words, wanted] = [skeletonWords(name), skeletonWords(own)];
  if (wanted.length === 0) return false;
  if (skeletonOf(name) === skeletonOf(own)) return true;
  if (words.some((_, at) => wanted.every((word, offset) => words[at + offset] === word))) return true;
  const run = wanted.join('');
  return run.length >= shortestInside && words.join('').includes(run);
}

/** In one word; or between words when one of another script could be read as Latin as a whole. */
function mixesScripts(name: string): boolean {
  const words = name.normalize('NFKC').match(/[\p{L}\p{M}]+/gu) ?? [];
  if (words.some((word) => !isTogether(scriptsOf(word)))) return true;
  const hasLatin = words.some((word) => scriptsOf(word).includes('Latin'));
  return hasLatin && words.some((word) => !scriptsOf(word).includes('Latin') && [...word].every(looksLatin));
}

const scripts = 'Latin Greek Cyrillic Armenian Hebrew Arabic Georgian Han Hiragana Katakana Hangul Bopomofo'
  .split(' ')
  .map((script) => [script, new RegExp(`\\p{Script=${script}}`, 'u')] as const);
const common = /[\p{Script=Common}\p{Script=Inherited}]/u;

function scriptsOf(word: string): readonly string[] {
  const found = [...word]
    .filter((letter) => !common.test(letter))
    .map((letter) => scripts.find(([, pattern]) => pattern.test(letter))?.[0] ?? otherScript(letter));
  return [...new Set(found)];
}

/** Scripts that are rare here are told apart from those above, and not from each other. */
function otherScript(letter: string): string {
  return looksLatin(letter) ? 'looking like Latin' : 'another';
}

/** Scripts that are written together in one language (UTS 39 section 5.1). */
const together = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Hangul'],
  ['Latin', 'Han', 'Bopomofo'],
];

function isTogether(found: readonly string[]): boolean {
  return found.length <= 1 || together.some((set) => found.every((script) => set.includes(script)));
}
