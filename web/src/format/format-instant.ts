import type { Lang } from '../page-context.js';

const dateTime: Readonly<Record<Lang, Intl.DateTimeFormat>> = {
  fr: new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }),
};

/** A moment in the page's language, in UTC and saying so: "22 May 2027 at 07:46 UTC". */
export function formatInstant(at: Date, lang: Lang): string {
  return `${dateTime[lang].format(at)}\u00a0UTC`;
}
