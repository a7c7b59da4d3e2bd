import { BankRefusal } from '../bank/bank-refusal.js';
import { expectJson } from '../bank/expect-answer.js';
import type { Connection } from '../http/connection.js';
import { type HttpAnswer, readText } from '../http/http-answer.js';
import type { PendingAuthorization } from './authorization-request.js';

/** The parameters of one grant at the token endpoint (RFC 6749, 4.1.3, 4.4.2, 6). */
export type Grant = Readonly<Record<string, string>> & { readonly grant_type: string };

export interface TokenSet {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  readonly scope: string | undefined;
  /** Seconds. */
  readonly expiresIn: number | undefined;
  readonly answer: HttpAnswer;
}

/** The grant of a code that the PSU brought back. */
export function codeGrant(code: string, { redirectUri, codeVerifier }: PendingAuthorization): Grant {
  return { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: codeVerifier };
}

export function refreshGrant(refreshToken: string): Grant {
  return { grant_type: 'refresh_token', refresh_token: refreshToken };
}

export function clientCredentialsGrant(scope: string): Grant {
  return { grant_type: 'client_credentials', scope };
}

/** Where and as whom to ask for a token. */
export interface TokenRequester {
  readonly connection: Connection;
  readonly tokenEndpoint: string;
  readonly clientId: string;
}

/** Asks for a token with the QWAC of the connection as client authentication (RFC 8705, 2.1); throws BankRefusal. */
export async function requestToken(
  { connection, tokenEndpoint, clientId }: TokenRequester,
  grant: Grant,
): Promise<TokenSet> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  const body = new URLSearchParams({ ...grant, client_id: clientId }).toString();
  const answer = await connection.send({ method: 'POST', url: tokenEndpoint, headers, body });
  const token = expectJson(answer, 200);
  const accessToken = readText(token, 'access_token');
  if (accessToken === undefined || readText(token, 'token_type')?.toLowerCase() !== 'bearer')
    throw new BankRefusal(answer);
  const expiresIn = token['expires_in'];
  return {
    accessToken,
    refreshToken: readText(token, 'refresh_token'),
    scope: readText(token, 'scope'),
    expiresIn: typeof expiresIn === 'number' ? expiresIn : undefined,
    answer,
  };
}
