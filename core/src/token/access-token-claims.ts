import type { Scope } from '../registration/scope-for-roles.js';

/** What an access token says (RFC 9068 section 2.2, RFC 8705 section 3.1). */
export interface AccessTokenClaims {
  readonly issuer: string;
  /** The open-banking API of the issuer: the only place where the token opens something. */
  readonly audience: string;
  /** A pseudonym of the PSU, stable for this client only; for client credentials the client_id. */
  readonly subject: string;
  readonly clientId: string;
  readonly scope: readonly Scope[];
  /** `x5t#S256` of the certificate that the token is bound to. */
  readonly boundThumbprint: string;
  /** Key of the PSU's grant; undefined for client credentials. */
  readonly grantId: string | undefined;
  /** `jti` */
  readonly tokenId: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** The members of the token's payload, as they stand in the JWT. */
export interface AccessTokenPayload {
  readonly iss: string;
  readonly aud: string;
  readonly sub: string;
  readonly client_id: string;
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  readonly scope: string;
  readonly cnf: { readonly 'x5t#S256': string };
  readonly grant?: string | undefined;
}

/** The media type of the token, in its header (RFC 9068 section 2.1). */
export const accessTokenType = 'at+jwt';

/** The audience of an issuer's tokens. */
export function audienceOf(issuer: string): string {
  return `${issuer}/stet-psd2-api`;
}
