import type { Lang } from '../page-context.js';
import type { NamesTexts } from '../texts/console-texts.js';
import type { ShownName } from '../views/held-name-view.js';
import { Name } from './name.js';

interface ShownNamesProps {
  readonly names: readonly ShownName[];
  readonly texts: NamesTexts;
  readonly lang: Lang;
}

/** Names as they were registered; letters that are not Latin with their numbers, because to the eye they may be others. */
export function ShownNames({ names, texts, lang }: ShownNamesProps) {
  return (
    <ul class="plain">
      {names.map(({ language, name }) => (
        <li key={language}>
          <Name>{name}</Name>
          {language !== '' && ` (${nameLanguage(language, lang)})`}
          <StrangeLetters name={name} texts={texts} />
        </li>
      ))}
    </ul>
  );
}

function StrangeLetters({ name, texts }: { readonly name: string; readonly texts: NamesTexts }) {
  const letters = listStrangeLetters(name);
  const { letters: some, noLetters: none } = texts;
  return <p class="hint">{letters.length === 0 ? none : some.replace('{letters}', letters.join(' '))}</p>;
}

/** Every letter outside the Latin script, once, as U+ and its number. */
export function listStrangeLetters(name: string): readonly string[] {
  const letters = name.match(/[^\p{Script=Latin}\p{Script=Common}\p{M}]|\p{Cf}/gu) ?? [];
  return [...new Set(letters)].map(
    (letter) => `U+${letter.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`,
  );
}

function nameLanguage(tag: string, lang: Lang): string {
  try {
    return new Intl.DisplayNames(lang, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
