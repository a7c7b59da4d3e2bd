/** What JSON.stringify writes for U+0000 and for half a surrogate pair; a text that holds it escaped is only looked at twice. */
const unfit = /\\u(?:0000|d[89a-f])/;

/**
 * A value as text for a jsonb column. U+0000 and lone surrogates, which jsonb cannot hold, become U+FFFD:
 * names in hostile certificates may carry them, and what they say must still be recorded.
 */
export function renderJsonb(value: unknown): string {
  const text = JSON.stringify(value);
  if (!unfit.test(text)) return text;
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'string' ? item.toWellFormed().replaceAll('\0', '\ufffd') : item,
  );
}
