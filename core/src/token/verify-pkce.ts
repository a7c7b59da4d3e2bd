import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether a text can be an S256 code challenge (RFC 7636 section 4.2): the base64url of 32 bytes, 43 characters,
 * or 44 where a client leaves the padding on.
 */
export function isCodeChallenge(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}=?$/.test(text);
}

/** Whether a text can be a code verifier (RFC 7636 section 4.1): 43 to 128 unreserved characters. */
export function isCodeVerifier(text: string): boolean {
  return /^[A-Za-z0-9\-._~]{43,128}$/.test(text);
}

/** Whether the verifier is the one behind the S256 challenge, compared with exactly the text that was sent (RFC 7636 section 4.6). */
export function verifyPkce(verifier: string, challenge: string): boolean {
  if (!isCodeVerifier(verifier) || !isCodeChallenge(challenge)) return false;
  const padding = challenge.endsWith('=') ? '=' : '';
  const expected = Buffer.from(createHash('sha256').update(verifier, 'ascii').digest('base64url') + padding);
  const given = Buffer.from(challenge);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
