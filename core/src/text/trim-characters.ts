/** Optional white space of a header (RFC 9110 section 5.6.3). */
export const blanks = ' \t';

/** The first position from `start` on at which none of the characters stands. Each is looked at once, as everywhere here. */
export function skipCharacters(text: string, start: number, characters: string): number {
  let position = start;
  while (position < text.length && characters.includes(text.charAt(position))) position += 1;
  return position;
}

/** The text without those of the characters that stand at its end. */
export function trimEndCharacters(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** The text without those of the characters that stand at its beginning or its end. */
export function trimCharacters(text: string, characters: string): string {
  return trimEndCharacters(text.slice(skipCharacters(text, 0, characters)), characters);
}
