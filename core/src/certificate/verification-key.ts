import { createPublicKey, type KeyObject } from 'node:crypto';
import type { PublicKey } from './certificate.js';

const made = new WeakMap<PublicKey, KeyObject>();

/** The key of a certificate for `node:crypto`, made once; undefined if it is not a key, e.g. a point that is not on its curve. */
export function verificationKeyOf(publicKey: PublicKey): KeyObject | undefined {
  const known = made.get(publicKey);
  if (known !== undefined) return known;
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey.spki), format: 'der', type: 'spki' });
    made.set(publicKey, key);
    return key;
  } catch {
    return undefined;
  }
}
