import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import * as der from '../../core/src/asn1/der-writer.js';

/** A certificate with its private key, made for one test. */
export interface Credential {
  readonly der: Uint8Array;
  readonly subject: Uint8Array;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export interface CertificateRecipe {
  readonly commonName: string;
  /** Self-signed when absent. */
  readonly issuer?: Credential;
  readonly serialNumber?: number;
  readonly organizationIdentifier?: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly extensions?: readonly Uint8Array[];
  readonly rsa?: boolean;
}

const ecdsaSha256 = der.sequence(der.objectIdentifier('1.2.840.10045.4.3.2'));
const rsaSha256 = der.sequence(der.objectIdentifier('1.2.840.113549.1.1.11'), der.nullValue());

/** Issues a version 3 certificate of P-256, valid from 2026 to 2030 unless the recipe says otherwise. */
export function issueCertificate(recipe: CertificateRecipe): Credential {
  const { privateKey, publicKey } =
    recipe.rsa === true ? rsaKeys() : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = nameDer(recipe);
  const signer = recipe.issuer?.privateKey ?? privateKey;
  const tbs = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(recipe.serialNumber ?? 1),
    algorithmOf(signer),
    recipe.issuer?.subject ?? subject,
    der.sequence(
      der.time(recipe.notBefore ?? new Date('2026-01-01T00:00:00Z')),
      der.time(recipe.notAfter ?? new Date('2030-01-01T00:00:00Z')),
    ),
    subject,
    publicKey.export({ format: 'der', type: 'spki' }),
    ...((recipe.extensions ?? []).length === 0 ? [] : [der.explicit(3, der.sequence(...(recipe.extensions ?? [])))]),
  );
  return { der: signDer(tbs, signer), subject, privateKey, publicKey };
}

/** A signed structure of RFC 5280: the part to be signed, the algorithm, the signature. */
export function signDer(tbs: Uint8Array, key: KeyObject, ...more: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(der.sequence(tbs, algorithmOf(key), der.bitString(sign('sha256', tbs, key)), ...more));
}

export function algorithmOf(key: KeyObject): Uint8Array {
  return key.asymmetricKeyType === 'rsa' ? rsaSha256 : ecdsaSha256;
}

export function extension(oid: string, value: Uint8Array, critical = false): Uint8Array {
  return der.sequence(der.objectIdentifier(oid), ...(critical ? [der.boolean(true)] : []), der.octetString(value));
}

/** The extensions of a CA certificate. */
export const authorityExtensions: readonly Uint8Array[] = [
  extension('2.5.29.19', der.sequence(der.boolean(true), der.integer(1)), true),
  extension('2.5.29.15', der.namedBits([5, 6]), true),
];

/** The keyHash and key identifier of a public key (RFC 5280 clause 4.2.1.2, method 1). */
export function keyIdentifier(key: KeyObject): Uint8Array {
  const spki = key.export({ format: 'der', type: 'spki' });
  const bits = key.asymmetricKeyType === 'ec' ? spki.subarray(-65) : spki.subarray(24);
  return createHash('sha1').update(bits).digest();
}

let rsa: ReturnType<typeof generateRsa> | undefined;

/** Made once: a test that needs RSA needs the algorithm, not another key. */
function rsaKeys() {
  rsa ??= generateRsa();
  return rsa;
}

function generateRsa() {
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

function nameDer({ commonName, organizationIdentifier }: CertificateRecipe): Uint8Array {
  const attributes = [
    attribute('2.5.4.6', der.printableString('FR')),
    attribute('2.5.4.10', der.utf8String(commonName)),
    ...(organizationIdentifier === undefined ? [] : [attribute('2.5.4.97', der.utf8String(organizationIdentifier))]),
    attribute('2.5.4.3', der.utf8String(commonName)),
  ];
  return new Uint8Array(der.sequence(...attributes));
}

function attribute(oid: string, value: Uint8Array): Uint8Array {
  return der.set(der.sequence(der.objectIdentifier(oid), value));
}
