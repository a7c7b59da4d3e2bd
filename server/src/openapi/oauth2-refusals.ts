import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';
import { inOrder, ofCertificates, ofEveryRequest } from '../refusal-sets.js';

/** What can be asked of the authorization server of a realm; `read` for what anybody may read. */
export type OauthOperation = 'token' | 'authorize' | 'check' | 'read';

const ofOperation: Readonly<Record<OauthOperation, readonly RefusalCode[]>> = {
  token: [
    ...ofCertificates,
    'OAUTH_REQUEST_INVALID',
    'CLIENT_UNKNOWN',
    'CLIENT_AUTHENTICATION_INVALID',
    'CLIENT_SUSPENDED',
    'GRANT_TYPE_UNSUPPORTED',
    'GRANT_TYPE_NOT_REGISTERED',
    'GRANT_INVALID',
    'SCOPE_INVALID',
  ],
  // Until client and redirect URI are both known to be right; all else goes back to the client.
  authorize: [
    'CLIENT_UNKNOWN',
    'CLIENT_SUSPENDED',
    'OAUTH_REQUEST_INVALID',
    'REDIRECT_NOT_REGISTERED',
    'FORM_REJECTED',
  ],
  // Whatever the rules find is the answer itself; a certificate that cannot be read has no findings.
  check: ['CERTIFICATE_MISSING', 'CERTIFICATE_INVALID'],
  read: [],
};

/** What goes back to the redirect URI, by the word of RFC 6749 section 4.1.2.1 for it. */
export const returnedErrors: Readonly<Record<string, readonly RefusalCode[]>> = {
  invalid_request: ['OAUTH_REQUEST_INVALID'],
  unsupported_response_type: ['RESPONSE_TYPE_UNSUPPORTED'],
  invalid_scope: ['SCOPE_INVALID'],
  unauthorized_client: ['GRANT_TYPE_NOT_REGISTERED', 'CERTIFICATE_BLOCKED'],
  access_denied: ['ACCESS_DENIED'],
  request_not_supported: ['OAUTH_REQUEST_INVALID'],
  request_uri_not_supported: ['OAUTH_REQUEST_INVALID'],
};

/** Every code that an operation may be refused with, in the order of the catalogue. */
export function refusalsOfOauth(operation: OauthOperation): readonly RefusalCode[] {
  return inOrder([...ofEveryRequest, ...ofOperation[operation]]);
}

/** Every code that is answered as JSON. */
export function refusalsOfAuthorizationServer(): readonly RefusalCode[] {
  return inOrder([...refusalsOfOauth('token'), ...refusalsOfOauth('check')]);
}
