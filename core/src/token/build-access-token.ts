import type { Scope } from '../registration/scope-for-roles.js';
import { type AccessTokenPayload, audienceOf } from './access-token-claims.js';
import { renderScope } from './scope-set.js';

/** What the claims of an access token are made from. */
export interface AccessTokenFacts {
  readonly issuer: string;
  readonly subject: string;
  readonly clientId: string;
  readonly scope: readonly Scope[];
  readonly thumbprint: string;
  readonly grantId: string | undefined;
  readonly tokenId: string;
  /** Seconds. */
  readonly lifetime: number;
  /** The grant's end; the token never outlives it. */
  readonly notAfter?: Date | undefined;
}

/** The claims of an access token after RFC 9068 section 2.2, bound to a certificate (RFC 8705 section 3.1). */
export function buildAccessToken(facts: AccessTokenFacts, now: Date): AccessTokenPayload {
  const issuedAt = toSeconds(now);
  const latest = facts.notAfter === undefined ? Number.POSITIVE_INFINITY : toSeconds(facts.notAfter);
  return {
    iss: facts.issuer,
    aud: audienceOf(facts.issuer),
    sub: facts.subject,
    client_id: facts.clientId,
    iat: issuedAt,
    exp: Math.min(issuedAt + facts.lifetime, latest),
    jti: facts.tokenId,
    scope: renderScope(facts.scope),
    cnf: { 'x5t#S256': facts.thumbprint },
    ...(facts.grantId === undefined ? {} : { grant: facts.grantId }),
  };
}

function toSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1_000);
}
