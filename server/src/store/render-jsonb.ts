/**
 * A value as text for a jsonb column. U+0000 and lone surrogates, which jsonb cannot hold, become U+FFFD:
 * names in hostile certificates may carry them, and what they say must still be recorded.
 */
export function renderJsonb(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'string' ? item.toWellFormed().replaceAll('\0', '\ufffd') : item,
  );
}
