import type { Lang } from '../page-context.js';

/** An amount of money in the page's language, exact to its last decimal; what is not a decimal number is given back as it came. */
export function formatAmount(amount: string, currency: string, lang: Lang): string {
  if (!/^-?\d{1,18}(\.\d{1,8})?$/.test(amount) || !/^[A-Z]{3}$/.test(currency)) return `${amount} ${currency}`;
  // A string keeps every digit; a number would not beyond 2^53.
  return new Intl.NumberFormat(lang === 'fr' ? 'fr-FR' : 'en-GB', { style: 'currency', currency }).format(
    amount as `${number}`,
  );
}
