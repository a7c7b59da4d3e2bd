import { grantTypes } from '@postern/core/registration/client-metadata.js';
import { scopes } from '@postern/core/registration/scope-for-roles.js';
import type { Realm } from '../realm.js';

/**
 * The authorization server metadata of a realm (RFC 8414 section 2, RFC 8705 sections 3.3 and 5, RFC 9207 section 3).
 *
 * `authorization_endpoint` is the French form, because the bank's customers are; the parameter `ui_locales` leads to the
 * other language, and so does the address under `authorization_endpoint#en` (the language tags of RFC 8414 section 2.1).
 * Where no bank stands behind the realm, no grant is to be had: there is neither that endpoint nor one for tokens.
 */
export function describeServer(realm: Realm): Readonly<Record<string, unknown>> {
  const { issuer, webUrl } = realm;
  const registration = { registration_endpoint: `${issuer}/oauth2/registrations` };
  const documentation = { service_documentation: `${webUrl}/${realm.brand.id}/en/developers` };
  const keys = { jwks_uri: `${issuer}/oauth2/jwks`, scopes_supported: scopes };
  if (realm.bank === 'none') {
    // Left out, they would stand for the code and implicit grants.
    const nothing = { response_types_supported: [], grant_types_supported: [] };
    return { issuer, ...registration, ...keys, ...nothing, mtls_endpoint_aliases: registration, ...documentation };
  }
  const endpoints = { token_endpoint: `${issuer}/oauth2/token`, ...registration };
  return {
    issuer,
    ...authorizationOf(realm),
    ...endpoints,
    ...keys,
    ...grants,
    mtls_endpoint_aliases: endpoints,
    ...documentation,
  };
}

const grants = {
  response_types_supported: ['code'],
  response_modes_supported: ['query'],
  grant_types_supported: grantTypes,
  token_endpoint_auth_methods_supported: ['tls_client_auth'],
  code_challenge_methods_supported: ['S256'],
  tls_client_certificate_bound_access_tokens: true,
  authorization_response_iss_parameter_supported: true,
  request_parameter_supported: false,
  request_uri_parameter_supported: false,
  ui_locales_supported: ['fr', 'en'],
};

function authorizationOf({ webUrl, prefix }: Realm) {
  const authorize = (lang: string) => `${webUrl}${prefix}/oauth2/${lang}/authorize`;
  return {
    authorization_endpoint: authorize('fr'),
    'authorization_endpoint#fr': authorize('fr'),
    'authorization_endpoint#en': authorize('en'),
  };
}
