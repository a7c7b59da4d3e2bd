import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { createKeyFile } from './create-key-file.js';

/** A public key as the JWKS shows it (RFC 7517, RFC 7518 section 6.2). */
export interface PublicJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly use: 'sig';
  readonly alg: 'ES256';
  readonly kid: string;
}

/** The keys that sign what this authorization server issues: ES256 and nothing else. */
export interface SigningKeys {
  /** A JWT of that `typ`, signed with the first key (RFC 7519, RFC 7515 compact serialisation). */
  issueJwt(type: string, claims: object): string;
  /**
   * The payload of a JWT of that `typ` that one of these keys signed. Judges signature and header only, no claim and no time.
   * Throws `Refusal` TOKEN_INVALID.
   */
  verifyJwt(type: string, token: string): unknown;
  jwks(): { readonly keys: readonly PublicJwk[] };
}

interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly jwk: PublicJwk;
}

const longestToken = 4_096;
const signatureBytes = 64;

/**
 * Loads EC P-256 private keys in PEM; the first signs, the others still verify. Creates the first one when its file is absent.
 * Throws when a file cannot be read or holds another kind of key.
 */
export function loadSigningKeys(files: readonly string[]): SigningKeys {
  const [first] = files;
  if (first === undefined) throw new Error('no signing key is configured');
  if (!existsSync(first)) createKeyFile(first);
  return createSigningKeys(files.map((file) => readKey(file)));
}

/** The same over keys that are already in memory. */
export function createSigningKeys(privateKeys: readonly KeyObject[]): SigningKeys {
  const keys = privateKeys.map(describeKey);
  const [first] = keys;
  if (first === undefined) throw new Error('a signing key is needed');
  const headers = new Map<string, SigningKey>();
  const headerOf = (type: string, key: SigningKey) => encode({ alg: 'ES256', typ: type, kid: key.jwk.kid });
  const knownTypes = new Set<string>();
  const learn = (type: string) => {
    for (const key of keys) headers.set(`${type}:${headerOf(type, key)}`, key);
    knownTypes.add(type);
  };
  return {
    issueJwt: (type, claims) => {
      const content = `${headerOf(type, first)}.${encode(claims)}`;
      const signature = sign('sha256', Buffer.from(content), { key: first.privateKey, dsaEncoding: 'ieee-p1363' });
      return `${content}.${signature.toString('base64url')}`;
    },
    verifyJwt: (type, token) => {
      if (!knownTypes.has(type)) learn(type);
      const { header, content, payload, signature } = splitToken(token);
      // We read back only headers that we write, byte for byte: no algorithm, key or extension can be chosen by the sender.
      const key = headers.get(`${type}:${header}`);
      if (key === undefined) throw invalid('The access token does not have the header of a token of this server.');
      if (!verify('sha256', Buffer.from(content), { key: key.publicKey, dsaEncoding: 'ieee-p1363' }, signature)) {
        throw invalid('The signature of the access token does not verify.');
      }
      return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    },
    jwks: () => ({ keys: keys.map(({ jwk }) => jwk) }),
  };
}

function readKey(file: string): KeyObject {
  try {
    return createPrivateKey(readFileSync(file));
  } catch (cause) {
    throw new Error(`the signing key ${file} cannot be read`, { cause });
  }
}

function describeKey(privateKey: KeyObject): SigningKey {
  const publicKey = createPublicKey(privateKey);
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
  if (kty !== 'EC' || crv !== 'P-256' || x === undefined || y === undefined) {
    throw new Error('a signing key must be an EC key on the curve P-256');
  }
  // The JWK thumbprint of RFC 7638: the required members in lexicographic order, without white space.
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  return { privateKey, publicKey, jwk: { kty, crv, x, y, use: 'sig', alg: 'ES256', kid } };
}

function splitToken(token: string) {
  const [header, payload, signature, ...rest] = token.length > longestToken ? [] : token.split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) {
    throw invalid('The access token is not one of this server.');
  }
  const bytes = Buffer.from(signature, 'base64url');
  // Node skips characters that are not base64url and spare bits: one token must have one spelling.
  if (bytes.length !== signatureBytes || bytes.toString('base64url') !== signature) {
    throw invalid('The signature of the access token cannot be read.');
  }
  return { header, payload, content: `${header}.${payload}`, signature: bytes };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function invalid(message: string): Refusal {
  return new Refusal('TOKEN_INVALID', message);
}
