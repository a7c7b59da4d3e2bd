import { z } from 'zod';
import { Refusal } from '../refusal/refusal.js';
import { type AccessTokenClaims, audienceOf } from './access-token-claims.js';
import { parseScope } from './scope-set.js';

const text = z.string().min(1).max(1_000);
const time = z.int().min(0).max(253_402_300_799);

const payloadSchema = z.strictObject({
  iss: text,
  aud: text,
  sub: text,
  client_id: text,
  iat: time,
  exp: time,
  jti: text,
  scope: text,
  cnf: z.strictObject({ 'x5t#S256': z.string().regex(/^[A-Za-z0-9_-]{43}$/) }),
  grant: z.uuid().optional(),
});

/**
 * The claims of an access token of ours (RFC 9068 section 4). Its signature must have been verified before.
 * Throws `Refusal` TOKEN_INVALID when a claim is missing, of a wrong form, or one that we never issue. Does not judge the time.
 */
export function parseAccessTokenClaims(payload: unknown): AccessTokenClaims {
  const parsed = payloadSchema.safeParse(payload);
  if (!parsed.success || parsed.data.aud !== audienceOf(parsed.data.iss)) throw invalid();
  const { iss, aud, sub, client_id, iat, exp, jti, cnf, grant } = parsed.data;
  return {
    issuer: iss,
    audience: aud,
    subject: sub,
    clientId: client_id,
    scope: parseGrantedScope(parsed.data.scope),
    boundThumbprint: cnf['x5t#S256'],
    grantId: grant,
    tokenId: jti,
    issuedAt: new Date(iat * 1_000),
    expiresAt: new Date(exp * 1_000),
  };
}

function parseGrantedScope(scope: string): AccessTokenClaims['scope'] {
  try {
    return parseScope(scope);
  } catch (cause) {
    throw cause instanceof Refusal ? invalid() : cause;
  }
}

function invalid(): Refusal {
  return new Refusal('TOKEN_INVALID', 'The access token does not have the claims of an access token of this server.');
}
