import { isLanguageTag } from './language-tag.js';
import type { Problem } from './problem.js';
import { quoteValue } from './quote-value.js';

/** Members that people read, which may come once more for each language: `client_name#fr` (RFC 7591 section 2.2). */
export const humanMembers = ['client_name', 'client_uri', 'logo_uri', 'policy_uri', 'tos_uri'] as const;
export type HumanMember = (typeof humanMembers)[number];

/** What is registered in further languages, under the names that it came with. */
export type TaggedMetadata = { readonly [member in `${HumanMember}#${string}`]?: string };

/** A member in one language. */
export interface TaggedMember {
  /** As it was sent: "client_name#fr". */
  readonly member: string;
  readonly base: HumanMember;
  /** In lower case: tags compare without regard to case (RFC 5646 section 2.1.1). */
  readonly language: string;
}

const mostLanguages = 20;

/** The language-tagged members among those that were sent, and what is wrong with their names. */
export function findTaggedMembers(sent: Readonly<Record<string, unknown>>): {
  readonly tagged: readonly TaggedMember[];
  readonly problems: readonly Problem[];
} {
  const candidates = Object.keys(sent).flatMap((member) => parseTagged(member, sent[member]));
  const problems = humanMembers.flatMap((base) => findProblems(candidates.filter((each) => each.base === base)));
  return { tagged: problems.length > 0 ? [] : candidates, problems };
}

/** A text in the language of its reader: tagged with it or with one of its regions, then the one without a tag. */
export function chooseLanguage(
  metadata: Readonly<Record<string, unknown>>,
  base: HumanMember,
  lang: string,
): string | undefined {
  const tagged = Object.keys(metadata).flatMap((member) => parseTagged(member, metadata[member]));
  const own = tagged.filter(({ base: found }) => found === base);
  const best =
    own.find(({ language }) => language === lang) ?? own.find(({ language }) => language.startsWith(`${lang}-`));
  const text = metadata[best?.member ?? base];
  return typeof text === 'string' ? text : undefined;
}

function parseTagged(member: string, value: unknown): readonly TaggedMember[] {
  const at = member.indexOf('#');
  const base = humanMembers.find((name) => name === member.slice(0, Math.max(at, 0)));
  return base === undefined || value === undefined
    ? []
    : [{ member, base, language: member.slice(at + 1).toLowerCase() }];
}

function findProblems(tagged: readonly TaggedMember[]): readonly Problem[] {
  const [first] = tagged;
  if (first === undefined) return [];
  const { base } = first;
  if (tagged.length > mostLanguages) {
    return [{ member: base, text: `${base} must come in at most ${mostLanguages} further languages.` }];
  }
  const wrong = tagged
    .filter(({ language }) => !isLanguageTag(language))
    .map(({ member }) => ({
      member: base,
      text: `${base} must name its language by a tag of BCP 47 after the number sign, such as fr, found ${quoteValue(member)}.`,
    }));
  const repeats = new Set(tagged.map(({ language }) => language)).size < tagged.length;
  return repeats ? [...wrong, { member: base, text: `${base} must come once in each language.` }] : wrong;
}
