import { createPrivateKey, createPublicKey, generateKeyPair as generate, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

const generateAsync = promisify(generate);

export type KeyKind = 'rsa' | 'ec';

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** A new RSA-2048 or P-256 key. */
export function generateKeyPair(kind: KeyKind): Promise<KeyPair> {
  return kind === 'rsa'
    ? generateAsync('rsa', { modulusLength: 2048, publicExponent: 0x10001 })
    : generateAsync('ec', { namedCurve: 'P-256' });
}

/** PKCS #8 PEM of a private key. */
export function renderPrivateKey(pair: KeyPair): string {
  return pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export function parsePrivateKey(pem: string): KeyPair {
  const privateKey = createPrivateKey(pem);
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

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
