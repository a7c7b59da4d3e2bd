import { createHmac, timingSafeEqual } from 'node:crypto';
import { hashSecret } from './secret.js';

/** HMAC-SHA-256 of a text under a secret, base64url: what only who knows the secret can make, and does not tell it. */
export function keyedText(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function isSame(expected: string, given: string): boolean {
  const one = Buffer.from(hashSecret(expected));
  const other = Buffer.from(hashSecret(given));
  return timingSafeEqual(one, other);
}
