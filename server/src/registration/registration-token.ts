import { createHash, timingSafeEqual } from 'node:crypto';

/** A registration access token (RFC 7592): 256 random bits, of which only the hash is kept. */
export interface RegistrationToken {
  readonly token: string;
  readonly tokenHash: string;
}

export function issueRegistrationToken(randomBytes: (size: number) => Buffer): RegistrationToken {
  const token = randomBytes(32).toString('base64url');
  return { token, tokenHash: hashToken(token) };
}

/** Whether a presented token is one of those behind the hashes; takes the same time whichever it is. */
export function isRegistrationToken(presented: string, hashes: readonly string[]): boolean {
  const found = Buffer.from(hashToken(presented));
  return hashes.map((hash) => hash.length === found.length && timingSafeEqual(Buffer.from(hash), found)).includes(true);
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
