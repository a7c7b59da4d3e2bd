import type { KeyObject } from 'node:crypto';

/** SubjectPublicKeyInfo. */
export function renderSpki(publicKey: KeyObject): Uint8Array {
  return publicKey.export({ type: 'spki', format: 'der' });
}

/** The content of the BIT STRING subjectPublicKey, over which key identifiers and OCSP key hashes are made. */
export function publicKeyBits(publicKey: KeyObject): Uint8Array {
  if (publicKey.asymmetricKeyType === 'rsa') {
    return publicKey.export({ type: 'pkcs1', format: 'der' });
  }
  const { x, y } = publicKey.export({ format: 'jwk' });
  return Buffer.concat([Uint8Array.of(4), Buffer.from(x ?? '', 'base64url'), Buffer.from(y ?? '', 'base64url')]);
}
