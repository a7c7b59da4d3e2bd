import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { ProviderTokens } from './identity-provider.js';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** The session that tokens belong to, with the secret of its cookie, which the store does not hold. */
interface Sealer {
  readonly secret: string;
  readonly sessionId: string;
}

/** Encrypts tokens (AES-256-GCM, NIST SP 800-38D) under a key that only the secret of the session's cookie gives (HKDF, RFC 5869). */
export function sealTokens(tokens: ProviderTokens, sealer: Sealer): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, keyOf(sealer), nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(sealer.sessionId));
  const { accessToken, refreshToken } = tokens;
  const sealed = Buffer.concat([cipher.update(JSON.stringify({ accessToken, refreshToken }), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url');
}

/** The tokens of a session; undefined when they were not sealed for it under this secret, or were changed since. */
export function openTokens(sealed: string, sealer: Sealer): ProviderTokens | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < nonceBytes + tagBytes) return undefined;
  const decipher = createDecipheriv(algorithm, keyOf(sealer), bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(sealer.sessionId));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    const opened = Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
    return JSON.parse(opened.toString('utf8')) as ProviderTokens;
  } catch {
    return undefined;
  }
}

function keyOf({ secret }: Sealer): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', 'tokens of a console session', 32));
}
