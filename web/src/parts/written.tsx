/** Embeddings, overrides and isolates of writing direction (Unicode UAX 9): they turn letters that come after them. */
const turning = /[\u202A-\u202E\u2066-\u2069]/gu;

/**
 * What a visitor wrote: isolated from our words, in the direction that it begins with; in the place of a character that would turn what
 * follows stands its number, so that nothing is read backwards unseen.
 */
export function Written({ text }: { readonly text: string }) {
  return <bdi class="written">{text.replaceAll(turning, (found) => `[U+${numberOf(found)}]`)}</bdi>;
}

function numberOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
}
