import { parseCertificate } from '../certificate/parse-certificate.js';
import { verificationKeyOf } from '../certificate/verification-key.js';
import type { RegisteredKey } from './registered-key.js';

/** A registered key as a JWK (RFC 7517), complete: the members of the key, its names, and the certification path. */
export function renderJwk(key: RegisteredKey): Readonly<Record<string, unknown>> {
  const { kty, n, e } =
    verificationKeyOf(parseCertificate(Buffer.from(key.x5c[0] ?? '', 'base64')).publicKey)?.export({ format: 'jwk' }) ??
    {};
  return {
    kid: key.kid,
    kty,
    use: 'sig',
    alg: 'RS256',
    n,
    e,
    x5c: key.x5c,
    'x5t#S256': key.kid,
    ...(key.alias === undefined ? {} : { kid_alias: key.alias }),
    ...(key.x5u === undefined ? {} : { x5u: key.x5u }),
  };
}
