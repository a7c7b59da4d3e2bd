import { hash, randomBytes } from 'node:crypto';

/** A new secret of 256 bits, base64url: authorization codes, refresh tokens, the browser's cookie. */
export function createSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a secret: its SHA-256, base64url. It needs no salt and no stretching, having 256 bits. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'base64url');
}
