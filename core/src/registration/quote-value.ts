const longest = 80;

/** A text from outside as it may stand in a message: in quotation marks, cut, everything but printable ASCII as \uXXXX. */
export function quoteValue(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}...` : text;
  return `"${cut.replaceAll(/[^\x20-\x7e]|["\\]/g, escapeUnit)}"`;
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
