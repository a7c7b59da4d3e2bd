import type { Lang } from '../page-context.js';

const day: Readonly<Record<Lang, Intl.DateTimeFormat>> = {
  fr: new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }),
};

/** A day in the page's language: "22 May 2027". */
export function formatDay(date: Date, lang: Lang): string {
  return day[lang].format(date);
}
