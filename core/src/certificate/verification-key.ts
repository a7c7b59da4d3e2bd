import { createPublicKey, type KeyObject } from 'node:crypto';
import type { PublicKey } from './certificate.js';

const made = new WeakMap<PublicKey, KeyObject>();

/** The key of a certificate for `node:crypto`, made once; undefined if it is not a key, e.g. a point that is not on its curve. */
export function verificationKeyOf(publicKey: PublicKey): KeyObject | undefined {
  const known = made.get(publicKey);
  if (known !== undefined) return known;
  try {
    const key = createPublicKey(renderPem(publicKey.spki));
    made.set(publicKey, key);
    return key;
  } catch {
    return undefined;
  }
}

/** Node reads a key from PEM in half the time that it needs for the same key in DER. */
function renderPem(spki: Uint8Array): string {
  const base64 = Buffer.from(spki.buffer, spki.byteOffset, spki.byteLength).toString('base64');
  return `-----BEGIN PUBLIC KEY-----\n${base64}\n-----END PUBLIC KEY-----\n`;
}
