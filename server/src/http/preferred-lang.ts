import type { Lang } from '@postern/web/page-context.js';

/** Of our languages the first that a browser names in Accept-Language; French when it names none. */
export function preferredLang(header: string | undefined): Lang {
  const first = /\b(fr|en)\b/i.exec(header ?? '')?.[1]?.toLowerCase();
  return first === 'en' ? 'en' : 'fr';
}
