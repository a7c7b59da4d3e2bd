import { parseCertificate } from '../certificate/parse-certificate.js';
import { verificationKeyOf } from '../certificate/verification-key.js';
import type { RegisteredKey } from './registered-key.js';

/** A registered key as a JWK (RFC 7517), complete: the members of the key, its names, and the certification path. */
export function renderJwk(key: RegisteredKey): Readonly<Record<string, unknown>> {
  const { kty, n, e } = keyMembersOf(key);
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

interface KeyMembers {
  readonly kty?: string | undefined;
  readonly n?: string | undefined;
  readonly e?: string | undefined;
}

const mostKnown = 1_000;
const known = new Map<string, KeyMembers>();

/** The members of the key itself, worked out once for a certificate, which its kid names. */
function keyMembersOf({ kid, x5c }: RegisteredKey): KeyMembers {
  const before = known.get(kid);
  if (before !== undefined) return before;
  const { publicKey } = parseCertificate(Buffer.from(x5c[0] ?? '', 'base64'));
  const { kty, n, e } = verificationKeyOf(publicKey)?.export({ format: 'jwk' }) ?? {};
  if (known.size >= mostKnown) known.clear();
  known.set(kid, { kty, n, e });
  return { kty, n, e };
}
