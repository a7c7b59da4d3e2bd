import { createHash, randomBytes } from 'node:crypto';

/** What only this client knows of an authorization that is under way. */
export interface PendingAuthorization {
  readonly issuer: string;
  readonly redirectUri: string;
  readonly state: string;
  readonly codeVerifier: string;
}

/** What a PSU is asked for. */
export interface AuthorizationWish {
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly clientId: string;
  readonly redirectUri: string;
  /** Separated by spaces. */
  readonly scope: string;
}

/** A fresh authorization request (RFC 6749, 4.1.1) with PKCE S256 (RFC 7636): the address to send the PSU to, and what to keep. */
export function startAuthorization(wish: AuthorizationWish): {
  readonly url: string;
  readonly pending: PendingAuthorization;
} {
  const pending = {
    issuer: wish.issuer,
    redirectUri: wish.redirectUri,
    state: randomBytes(16).toString('base64url'),
    codeVerifier: randomBytes(32).toString('base64url'),
  };
  const url = new URL(wish.authorizationEndpoint);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: wish.clientId,
    redirect_uri: wish.redirectUri,
    scope: wish.scope,
    state: pending.state,
    code_challenge: createHash('sha256').update(pending.codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  return { url: url.href, pending };
}
