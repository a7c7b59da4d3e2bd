import { Refusal } from '@postern/core/refusal/refusal.js';
import type { Scope } from '@postern/core/registration/scope-for-roles.js';
import { parseScope } from '@postern/core/token/scope-set.js';
import { isCodeVerifier } from '@postern/core/token/verify-pkce.js';

/** A request at the token endpoint, by its grant type (RFC 6749 sections 4.1.3, 4.4.2 and 6). */
export type TokenRequest = CodeRequest | RefreshRequest | ClientCredentialsRequest;

interface AnyRequest {
  readonly clientId: string;
  /** Undefined when none was asked for. */
  readonly scope: readonly Scope[] | undefined;
}

export interface CodeRequest extends AnyRequest {
  readonly grantType: 'authorization_code';
  readonly code: string;
  readonly redirectUri: string | undefined;
  readonly codeVerifier: string | undefined;
}

export interface RefreshRequest extends AnyRequest {
  readonly grantType: 'refresh_token';
  readonly refreshToken: string;
}

export interface ClientCredentialsRequest extends AnyRequest {
  readonly grantType: 'client_credentials';
}

/**
 * The token request in a form, and in the Authorization header that came with it. Throws `Refusal` OAUTH_REQUEST_INVALID, CLIENT_AUTHENTICATION_INVALID,
 * GRANT_TYPE_UNSUPPORTED or SCOPE_INVALID.
 * A parameter without a value counts as not sent (RFC 6749 section 3.2).
 */
export function parseTokenRequest(form: ReadonlyMap<string, readonly string[]>, authorization?: string): TokenRequest {
  const read = (name: string) => form.get(name)?.[0] || undefined;
  const need = (name: string) => {
    const value = read(name);
    if (value === undefined) throw invalid(`The parameter ${name} is missing.`);
    return value;
  };
  refuseOtherAuthentication(form, authorization);
  const clientId = need('client_id');
  const grantType = need('grant_type');
  const scopeText = read('scope');
  const common = { clientId, scope: scopeText === undefined ? undefined : parseScope(scopeText) };
  switch (grantType) {
    case 'authorization_code':
      return {
        ...common,
        grantType,
        code: need('code'),
        redirectUri: read('redirect_uri'),
        codeVerifier: parseVerifier(read('code_verifier')),
      };
    case 'refresh_token':
      return { ...common, grantType, refreshToken: need('refresh_token') };
    case 'client_credentials':
      return { ...common, grantType };
    default:
      throw new Refusal(
        'GRANT_TYPE_UNSUPPORTED',
        'The grant_type must be authorization_code, refresh_token or client_credentials.',
      );
  }
}

/** There is no secret to be right with (RFC 6749 section 5.2, `invalid_client`); what has no place here at all is `invalid_request`. */
function refuseOtherAuthentication(form: ReadonlyMap<string, unknown>, authorization: string | undefined): void {
  const assertion = ['client_assertion', 'client_assertion_type'].find((name) => form.has(name));
  if (assertion !== undefined) throw invalid(describeAuthentication(assertion));
  const secret = form.has('client_secret') ? 'client_secret' : undefined;
  const second = authorization === undefined ? secret : 'Authorization header';
  if (second !== undefined) throw new Refusal('CLIENT_AUTHENTICATION_INVALID', describeAuthentication(second));
}

function describeAuthentication(by: string): string {
  return `The QWAC of the connection authenticates the client (tls_client_auth): send no ${by} beside it.`;
}

function parseVerifier(verifier: string | undefined): string | undefined {
  if (verifier === undefined || isCodeVerifier(verifier)) return verifier;
  throw invalid(
    'The code_verifier must have 43 to 128 characters, letters, digits and -._~ only (RFC 7636 section 4.1).',
  );
}

function invalid(message: string): Refusal {
  return new Refusal('OAUTH_REQUEST_INVALID', message);
}
