import { formatInstant } from '../format/format-instant.js';
import type { Lang } from '../page-context.js';

/** A moment, readable by people and by machines. */
export function Instant({ at, lang }: { readonly at: Date; readonly lang: Lang }) {
  return <time dateTime={at.toISOString()}>{formatInstant(at, lang)}</time>;
}
