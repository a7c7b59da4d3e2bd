import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { explicit, integer, objectIdentifier, sequence, set } from '@postern/core/asn1/der-writer.js';
import { distinguishedName, type NameParts } from '@postern/core/issuance/distinguished-name.js';
import { renderPem } from '@postern/core/issuance/pem.js';
import { renderSpki } from '@postern/core/issuance/public-key-octets.js';
import { signStructure } from '@postern/core/issuance/signature-algorithm.js';

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export function newRsa(modulusLength = 2048): KeyPair {
  return generateKeyPairSync('rsa', { modulusLength });
}

/** On P-256: for website certificates, and much faster to make than RSA. */
export function newEc(): KeyPair {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

/** Both keys of a private key in PEM. */
export function pairOf(pem: string): KeyPair {
  const privateKey = createPrivateKey(pem);
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** PKCS #8 PEM. */
export function keyText({ privateKey }: KeyPair): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** A certification request in PEM; `signer` signs in the place of the key that it is about. */
export function requestText(
  pair: KeyPair,
  more: { readonly name?: NameParts; readonly extensions?: readonly Uint8Array[]; readonly signer?: KeyObject } = {},
): string {
  const { name = { commonName: 'whoever' }, extensions, signer = pair.privateKey } = more;
  const attributes =
    extensions === undefined ? [] : [sequence(objectIdentifier('1.2.840.113549.1.9.14'), set(sequence(...extensions)))];
  const info = sequence(integer(0), distinguishedName(name), renderSpki(pair.publicKey), explicit(0, ...attributes));
  return renderPem('CERTIFICATE REQUEST', signStructure(info, signer));
}
