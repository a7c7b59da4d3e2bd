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

const otherAuthentication = ['client_secret', 'client_assertion', 'client_assertion_type'];

/**
 * The token request in a form. Throws `Refusal` OAUTH_REQUEST_INVALID, GRANT_TYPE_UNSUPPORTED or SCOPE_INVALID.
 * A parameter without a value counts as not sent (RFC 6749 section 3.2).
 */
export function parseTokenRequest(form: ReadonlyMap<string, readonly string[]>): TokenRequest {
  const read = (name: string) => form.get(name)?.[0] || undefined;
  const need = (name: string) => {
    const value = read(name);
    if (value === undefined) throw invalid(`The parameter ${name} is missing.`);
    return value;
  };
  const second = otherAuthentication.find((name) => form.has(name));
  if (second !== undefined) {
    throw invalid(
      `The QWAC of the connection authenticates the client (tls_client_auth): send no ${second} beside it.`,
    );
  }
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

function parseVerifier(verifier: string | undefined): string | undefined {
  if (verifier === undefined || isCodeVerifier(verifier)) return verifier;
  throw invalid(
    'The code_verifier must have 43 to 128 characters, letters, digits and -._~ only (RFC 7636 section 4.1).',
  );
}

function invalid(message: string): Refusal {
  return new Refusal('OAUTH_REQUEST_INVALID', message);
}
