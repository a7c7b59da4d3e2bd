import { createHash } from 'node:crypto';

/** A number from 0 up to, not including, `below`, that is always the same for the same words. */
export function seededNumber(below: number, ...words: readonly (string | number)[]): number {
  return seedBytes(words).readUIntBE(0, 6) % below;
}

/** A text of 22 characters that is always the same for the same words and tells nothing of them. */
export function seededId(...words: readonly (string | number)[]): string {
  return seedBytes(words).subarray(0, 16).toString('base64url');
}

/** So many decimal digits, always the same for the same words. */
export function seededDigits(count: number, ...words: readonly (string | number)[]): string {
  return String(seededNumber(10 ** count, ...words)).padStart(count, '0');
}

function seedBytes(words: readonly (string | number)[]): Buffer {
  return createHash('sha256').update(JSON.stringify(words)).digest();
}
