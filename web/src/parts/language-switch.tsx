import type { Lang, SiteContext } from '../page-context.js';

const languages: readonly { readonly lang: Lang; readonly name: string }[] = [
  { lang: 'fr', name: 'Français' },
  { lang: 'en', name: 'English' },
];

/** Leads to the same page in the other language. */
export function LanguageSwitch({ context, label }: { readonly context: SiteContext; readonly label: string }) {
  return (
    <nav class="languages" aria-label={label}>
      <ul>
        {languages.map(({ lang, name }) => (
          <li key={lang}>
            <a
              href={context.alternates[lang]}
              lang={lang}
              hrefLang={lang}
              aria-current={lang === context.lang ? 'true' : undefined}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
