import { createHash } from 'node:crypto';
import type { Certificate } from '../certificate/certificate.js';
import { keyWeakness } from '../certificate/key-weakness.js';
import { verificationKeyOf } from '../certificate/verification-key.js';
import type { KeySetRules } from './key-set-rules.js';
import { parseX5c } from './parse-x5c.js';
import type { RegisteredKey } from './registered-key.js';
import { findAddressFaults } from './web-address.js';

/** A key that has the form of a registrable one; whether its certificate is a sealing certificate of the organisation is judged apart. */
export interface KeyCandidate {
  /** Where it stands, e.g. "jwks.keys[0]". */
  readonly member: string;
  readonly key: RegisteredKey;
  /** The certification path, end entity first. */
  readonly path: readonly [Certificate, ...Certificate[]];
}

/** A candidate, or what is wrong with the JWK, each as a predicate. */
export type JwkReading =
  | { readonly candidate: KeyCandidate }
  | {
      readonly candidate: undefined;
      readonly faults: readonly string[];
      /** The certificate (`x5t#S256`) whose private key came with it: the key is known to others now. */
      readonly exposed?: string;
    };

/**
 * Reads one JWK (RFC 7517). The certificate is the key: members that repeat it must agree with it, those that are left
 * out are filled in from it, and those of a private key burn it. Members without a meaning here are ignored.
 */
export function parseJwk(value: unknown, member: string, rules: KeySetRules = {}): JwkReading {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { candidate: undefined, faults: ['must be a JSON object'] };
  const jwk = value as Readonly<Record<string, unknown>>;
  const { certificates: path, faults } = parseX5c(jwk['x5c'], rules);
  const names = rules.foreignKid === 'alias' ? readAlias(jwk, path?.[0].thumbprint) : undefined;
  const burnt = findPrivateMembers(jwk);
  const found = [
    ...burnt,
    ...findUseFaults(jwk),
    ...findAddressMemberFaults(jwk['x5u']),
    ...faults,
    ...(path === undefined ? [] : findCertificateFaults(jwk, path[0])),
    ...(names?.faults ?? (path === undefined ? [] : findKidFaults(jwk, path[0]))),
  ];
  if (found.length > 0 || path === undefined) {
    const exposed = burnt.length > 0 ? path?.[0].thumbprint : undefined;
    return { candidate: undefined, faults: found, ...(exposed === undefined ? {} : { exposed }) };
  }
  const x5c = path.map(({ der }) => Buffer.from(der).toString('base64'));
  const x5u = typeof jwk['x5u'] === 'string' ? jwk['x5u'] : undefined;
  const alias = names?.alias === undefined ? {} : { alias: names.alias };
  return { candidate: { member, key: { kid: path[0].thumbprint, x5u, x5c, ...alias }, path } };
}

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

function findPrivateMembers(jwk: Readonly<Record<string, unknown>>): readonly string[] {
  const sent = privateMembers.filter((name) => Object.hasOwn(jwk, name));
  if (sent.length === 0) return [];
  return [
    `must not hold ${sent.join(', ')}, members of a private or secret key; treat the key as known to others and have its certificate revoked`,
  ];
}

function findUseFaults(jwk: Readonly<Record<string, unknown>>): readonly string[] {
  const { use, key_ops: operations, alg } = jwk as { use?: unknown; key_ops?: unknown; alg?: unknown };
  const isForVerifying =
    operations === undefined || (Array.isArray(operations) && operations.length === 1 && operations[0] === 'verify');
  return [
    ...(use === undefined || use === 'sig' ? [] : ['must have use sig, if any']),
    ...(isForVerifying ? [] : ['must have key_ops ["verify"], if any']),
    ...(alg === undefined || alg === 'RS256' ? [] : ['must have alg RS256, if any']),
  ];
}

function findAddressMemberFaults(x5u: unknown): readonly string[] {
  if (x5u === undefined) return [];
  if (typeof x5u !== 'string') return ['must have text as x5u'];
  const faults = findAddressFaults(x5u);
  const hasPort = faults.length === 0 && new URL(x5u).port !== '';
  return [...faults, ...(hasPort ? ['must not name a port'] : [])].map((fault) => `has an x5u that ${fault}`);
}

function findCertificateFaults(jwk: Readonly<Record<string, unknown>>, certificate: Certificate): readonly string[] {
  const { publicKey, thumbprint, der } = certificate;
  const weakness = publicKey.kind === 'rsa' ? keyWeakness(publicKey) : 'request signatures are made with rsa-sha256';
  const key =
    weakness === undefined && publicKey.algorithm.oid === rsaEncryption ? verificationKeyOf(publicKey) : undefined;
  if (key === undefined)
    return [`must have a certificate of an RSA key fit for rsa-sha256 (${weakness ?? 'the key cannot be used'})`];
  const expected: Readonly<Record<string, unknown>> = {
    ...key.export({ format: 'jwk' }),
    'x5t#S256': thumbprint,
    x5t: createHash('sha1').update(der).digest('base64url'),
  };
  const differing = comparedMembers.filter((name) => jwk[name] !== undefined && jwk[name] !== expected[name]);
  return differing.map((name) => `must have the ${name} of the certificate in x5c[0], or none`);
}

function findKidFaults({ kid }: Readonly<Record<string, unknown>>, { thumbprint }: Certificate): readonly string[] {
  const isOwn = kid !== undefined && kid !== thumbprint;
  return isOwn ? ['must have no kid: the bank gives each key its kid, the x5t#S256 of the certificate'] : [];
}

/** The client's own name of the key: its `kid`, or what we answered it as. It is a name in a header, so it is a plain one. */
function readAlias(
  { kid, kid_alias: answered }: Readonly<Record<string, unknown>>,
  thumbprint: string | undefined,
): { readonly alias?: string; readonly faults: readonly string[] } {
  const given = kid === undefined || kid === thumbprint ? answered : kid;
  if (given === undefined) return { faults: [] };
  if (typeof given === 'string' && /^[A-Za-z0-9._~-]{1,128}$/.test(given)) return { alias: given, faults: [] };
  return { faults: ['must have a kid of 1 to 128 letters, digits, dots, hyphens, underscores and tildes, or none'] };
}

const rsaEncryption = '1.2.840.113549.1.1.1';
const comparedMembers = ['kty', 'n', 'e', 'crv', 'x', 'y', 'x5t', 'x5t#S256'];
