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
