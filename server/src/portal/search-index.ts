import { tagPattern } from '@postern/web/parts/tag-pattern.js';
import type { SearchResult } from '@postern/web/views/search-view.js';
import type { PublicPage } from '../http/public-page.js';

interface Passage {
  readonly href: string;
  readonly page: string;
  readonly heading: string;
  readonly text: string;
  /** Heading and text as they are compared; `names` are what the page as a whole is called, none of a section. */
  readonly folded: { readonly heading: string; readonly text: string; readonly names: readonly string[] };
}

export type SearchIndex = readonly Passage[];

const longestQuery = 100;
const mostTerms = 8;
const mostResults = 30;
const excerptCharacters = 180;

/** Every section of the pages, by its heading; made once, at the start. */
export function buildSearchIndex(pages: readonly PublicPage[]): SearchIndex {
  // A piece of a string keeps the whole of it in memory, here the page: a copy keeps itself alone.
  return structuredClone(pages.flatMap(readPassages));
}

function readPassages({ address, title, html }: PublicPage): Passage[] {
  const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  const [first = '', ...sections] = main.split(/(?=<h2 id=")/);
  const passage = (heading: string, markup: string, fragment: string, names: readonly string[] = []): Passage => {
    const text = readText(markup);
    const compared = names.length === 0 ? heading : names.join(' ');
    return {
      href: `${address}${fragment}`,
      page: title,
      heading,
      text,
      folded: { heading: fold(compared), text: fold(text), names: names.map((name) => termsOf(name).join(' ')) },
    };
  };
  const [h1 = ''] = /<h1.*?<\/h1>/s.exec(first) ?? [];
  return [
    passage(title, first.replace(h1, ''), '', [title, readText(h1)]),
    ...sections.map((section) => {
      const [head = '', id = '', heading = ''] = /^<h2 id="([^"]+)">(.*?)<\/h2>/s.exec(section) ?? [];
      // The fragment of an error code is that of its section, which refusals link to.
      return passage(readText(heading), section.slice(head.length), `#${id.replace(/^code-/, '')}`);
    }),
  ];
}

/** What is looked for, bounded: 100 characters, without control characters. */
export function readQuery(value: unknown): string {
  if (typeof value !== 'string') return '';
  return value
    .replaceAll(/\p{C}+/gu, ' ')
    .slice(0, longestQuery)
    .trim();
}

/** The passages that hold every word: the page that is called so, then those with the words in their heading; at most 30. */
export function searchPassages(index: SearchIndex, query: string): readonly SearchResult[] {
  const words = termsOf(query);
  const terms = words.slice(0, mostTerms);
  if (terms.length === 0) return [];
  return index
    .filter(({ folded }) => terms.every((term) => folded.heading.includes(term) || folded.text.includes(term)))
    .map((passage) => ({ passage, rank: rankOf(passage, terms, words.join(' ')) }))
    .sort((one, other) => other.rank - one.rank)
    .slice(0, mostResults)
    .map(({ passage: { href, page, heading, text, folded } }) => ({
      href,
      page,
      heading,
      excerpt: excerptAround(text, folded.text, terms),
    }));
}

function termsOf(text: string): readonly string[] {
  return fold(text)
    .split(/\s+/)
    .filter((term) => term !== '');
}

function rankOf({ folded: { heading, names } }: Passage, terms: readonly string[], asked: string): number {
  return names.includes(asked) ? mostTerms + 1 : terms.filter((term) => heading.includes(term)).length;
}

function excerptAround(text: string, folded: string, terms: readonly string[]): string {
  const found = terms.map((term) => folded.indexOf(term)).filter((position) => position >= 0);
  const start = Math.max(0, Math.min(...found, text.length) - excerptCharacters / 3);
  const from = start === 0 ? 0 : text.indexOf(' ', start) + 1;
  const cut = text.slice(from, from + excerptCharacters);
  const end = from + cut.length < text.length ? `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 1))}…` : cut;
  return `${from > 0 ? '…' : ''}${end}`;
}

/** Our own markup as words: tags become spaces, the few entities that the renderer writes become characters. */
function readText(markup: string): string {
  return markup
    .replaceAll(tagPattern, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Without case and accents, character for character, so that positions in the text stay right. */
function fold(text: string): string {
  return [...text]
    .map((character) => {
      const plain = character.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
      return plain.length === character.length ? plain : character;
    })
    .join('')
    .replaceAll('’', "'");
}
