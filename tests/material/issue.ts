import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import * as der from '../../core/src/asn1/der-writer.js';
import { oid } from '../../core/src/certificate/object-identifiers.js';

/** The moment at which everything made here is valid; tests inject it as the clock. */
export const clock = new Date('2026-03-01T12:00:00Z');

export interface Keys {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  readonly spki: Uint8Array;
}

/** An issuer, or whoever is to look like one. */
export interface Issuer {
  readonly name: Uint8Array;
  readonly keys: Keys;
}

export interface CertificateRecipe {
  readonly subject: Uint8Array;
  readonly keys: Pick<Keys, 'spki'>;
  readonly issuer: Issuer;
  readonly serial?: number | bigint | Uint8Array;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  /** Complete Extension values; authorityKeyIdentifier and subjectKeyIdentifier are added unless `bare`. */
  readonly extensions?: readonly Uint8Array[];
  readonly bare?: boolean;
  /** Parts to put instead of the regular ones, for defects. */
  readonly instead?: Partial<Record<TbsPart, Uint8Array>>;
  readonly signatureAlgorithm?: SignatureName;
}

export type TbsPart =
  | 'version'
  | 'serial'
  | 'signature'
  | 'issuer'
  | 'validity'
  | 'subject'
  | 'spki'
  | 'extensions'
  | 'outerAlgorithm';

export type SignatureName = 'ecdsa-sha256' | 'ecdsa-sha1' | 'rsa-sha256' | 'rsa-pss-sha256' | 'ed25519';

/** An EC key pair on P-256 unless told otherwise. */
export function ecKeys(namedCurve = 'P-256'): Keys {
  return withSpki(generateKeyPairSync('ec', { namedCurve }));
}

export function rsaKeys(modulusLength = 2048, publicExponent = 65537): Keys {
  return withSpki(generateKeyPairSync('rsa', { modulusLength, publicExponent }));
}

export function ed25519Keys(): Keys {
  return withSpki(generateKeyPairSync('ed25519'));
}

/** A Name of one attribute per relative name, values as UTF8String. */
export function name(...attributes: readonly (readonly [type: string, value: string])[]): Uint8Array {
  return der.sequence(
    ...attributes.map(([type, value]) => der.set(der.sequence(der.objectIdentifier(type), der.utf8String(value)))),
  );
}

export function commonName(text: string): Uint8Array {
  return name([oid.commonName, text]);
}

/** An Extension; `value` is the DER inside its OCTET STRING. */
export function extension(id: string, value: Uint8Array, critical = false): Uint8Array {
  return der.sequence(der.objectIdentifier(id), ...(critical ? [der.boolean(true)] : []), der.octetString(value));
}

export function basicConstraints(pathLength?: number): Uint8Array {
  const rest = pathLength === undefined ? [] : [der.integer(pathLength)];
  return extension(oid.basicConstraints, der.sequence(der.boolean(true), ...rest), true);
}

/** KeyUsage by bit positions: 0 digitalSignature, 1 nonRepudiation, 5 keyCertSign, 6 cRLSign. */
export function keyUsage(...positions: readonly number[]): Uint8Array {
  return extension(oid.keyUsage, der.namedBits(positions), true);
}

export function extendedKeyUsage(...purposes: readonly string[]): Uint8Array {
  return extension(oid.extendedKeyUsage, der.sequence(...purposes.map(der.objectIdentifier)));
}

/** The extensions of an ordinary CA. */
export function caExtensions(pathLength?: number): Uint8Array[] {
  return [basicConstraints(pathLength), keyUsage(5, 6)];
}

/** An issuer of its own, with its self-signed certificate. */
export function rootCa(
  text: string,
  options: { readonly keys?: Keys } & Partial<Omit<CertificateRecipe, 'keys' | 'subject' | 'issuer'>> = {},
): Issuer & { readonly certificate: Uint8Array } {
  const keys = options.keys ?? ecKeys();
  const subject = commonName(text);
  const issuer = { name: subject, keys };
  return {
    ...issuer,
    certificate: issueCertificate({ extensions: caExtensions(), ...options, subject, keys, issuer }),
  };
}

/** An issuer under another one, with its certificate. */
export function subordinateCa(
  text: string,
  issuer: Issuer,
  options: { readonly keys?: Keys } & Partial<Omit<CertificateRecipe, 'keys' | 'subject' | 'issuer'>> = {},
): Issuer & { readonly certificate: Uint8Array } {
  const keys = options.keys ?? ecKeys();
  const subject = commonName(text);
  const certificate = issueCertificate({ extensions: caExtensions(), ...options, subject, keys, issuer });
  return { name: subject, keys, certificate };
}

/** Signs a certificate as the recipe says, sound or not. */
export function issueCertificate(recipe: CertificateRecipe): Uint8Array {
  const { issuer, keys, instead = {} } = recipe;
  const scheme = recipe.signatureAlgorithm ?? schemeFor(issuer.keys);
  const algorithm = algorithmIdentifier(scheme);
  const identifiers = recipe.bare === true ? [] : keyIdentifiers(keys, issuer.keys);
  const extensions = [...identifiers, ...(recipe.extensions ?? [])];
  const tbs = der.sequence(
    instead.version ?? der.explicit(0, der.integer(2)),
    instead.serial ?? der.integer(recipe.serial ?? 4711),
    instead.signature ?? algorithm,
    instead.issuer ?? issuer.name,
    instead.validity ??
      der.sequence(
        der.time(recipe.notBefore ?? new Date('2026-01-01T00:00:00Z')),
        der.time(recipe.notAfter ?? new Date('2027-01-01T00:00:00Z')),
      ),
    instead.subject ?? recipe.subject,
    instead.spki ?? keys.spki,
    instead.extensions ?? (extensions.length === 0 ? new Uint8Array(0) : der.explicit(3, der.sequence(...extensions))),
  );
  return signed(tbs, { keys: issuer.keys, scheme, algorithm: instead.outerAlgorithm ?? algorithm });
}

/** SEQUENCE { tbs, algorithm, signature }, as certificates, CRLs and basic OCSP responses are built. */
export function signed(
  tbs: Uint8Array,
  by: {
    readonly keys: Keys;
    readonly scheme?: SignatureName;
    readonly algorithm?: Uint8Array;
    readonly more?: readonly Uint8Array[];
  },
): Uint8Array {
  const scheme = by.scheme ?? schemeFor(by.keys);
  const algorithm = by.algorithm ?? algorithmIdentifier(scheme);
  return der.sequence(tbs, algorithm, der.bitString(signatureOf(tbs, by.keys, scheme)), ...(by.more ?? []));
}

/** The AlgorithmIdentifier that a key signs with unless told otherwise. */
export function defaultAlgorithm(keys: Keys): Uint8Array {
  return algorithmIdentifier(schemeFor(keys));
}

export function keyIdentifierOf({ spki }: Pick<Keys, 'spki'>): Uint8Array {
  return createHash('sha1').update(spki).digest();
}

function keyIdentifiers(keys: Pick<Keys, 'spki'>, issuerKeys: Keys): Uint8Array[] {
  return [
    extension(oid.subjectKeyIdentifier, der.octetString(keyIdentifierOf(keys))),
    extension(oid.authorityKeyIdentifier, der.sequence(der.implicit(0, der.octetString(keyIdentifierOf(issuerKeys))))),
  ];
}

function withSpki({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }): Keys {
  return { publicKey, privateKey, spki: publicKey.export({ format: 'der', type: 'spki' }) };
}

function schemeFor({ publicKey }: Keys): SignatureName {
  if (publicKey.asymmetricKeyType === 'rsa') return 'rsa-sha256';
  return publicKey.asymmetricKeyType === 'ed25519' ? 'ed25519' : 'ecdsa-sha256';
}

const sha256 = der.sequence(der.objectIdentifier('2.16.840.1.101.3.4.2.1'), der.nullValue());

const pssParameters = der.sequence(
  der.explicit(0, sha256),
  der.explicit(1, der.sequence(der.objectIdentifier('1.2.840.113549.1.1.8'), sha256)),
  der.explicit(2, der.integer(32)),
);

const algorithms: Readonly<Record<SignatureName, Uint8Array>> = {
  'ecdsa-sha256': der.sequence(der.objectIdentifier('1.2.840.10045.4.3.2')),
  'ecdsa-sha1': der.sequence(der.objectIdentifier('1.2.840.10045.4.1')),
  'rsa-sha256': der.sequence(der.objectIdentifier('1.2.840.113549.1.1.11'), der.nullValue()),
  'rsa-pss-sha256': der.sequence(der.objectIdentifier('1.2.840.113549.1.1.10'), pssParameters),
  ed25519: der.sequence(der.objectIdentifier('1.3.101.112')),
};

function algorithmIdentifier(scheme: SignatureName): Uint8Array {
  return algorithms[scheme];
}

function signatureOf(tbs: Uint8Array, keys: Keys, scheme: SignatureName): Uint8Array {
  if (scheme === 'ed25519') return sign(null, tbs, keys.privateKey);
  const hash = scheme === 'ecdsa-sha1' ? 'sha1' : 'sha256';
  const padding = scheme === 'rsa-pss-sha256' ? { padding: 6, saltLength: 32 } : {};
  return sign(hash, tbs, { key: keys.privateKey, ...padding });
}
