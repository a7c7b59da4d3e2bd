import type { Lang } from '../page-context.js';

/** Chooses the form that goes with a number and fills in `{count}`. */
export function plural(count: number, forms: { readonly one: string; readonly other: string }, lang: Lang): string {
  const form = new Intl.PluralRules(lang).select(count) === 'one' ? forms.one : forms.other;
  return form.replace('{count}', String(count));
}
