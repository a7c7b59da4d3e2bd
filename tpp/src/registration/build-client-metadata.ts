import { readPemCertificates } from '../keys/pem-certificates.js';

/** What a TPP says of its application when it registers (RFC 7591, section 2). */
export interface ClientDescription {
  /** Shown to the PSU. */
  readonly clientName: string;
  readonly redirectUris: readonly string[];
  /** Separated by spaces. */
  readonly scope: string;
  readonly contacts?: readonly string[];
  /** PEM of each QSealC with all its issuers. */
  readonly sealPaths: readonly string[];
}

/** The client metadata to POST: one JWK for each seal, holding the full certification path (RFC 7517, 4.7) and nothing else. */
export function buildClientMetadata(description: ClientDescription): Readonly<Record<string, unknown>> {
  const { clientName, redirectUris, scope, contacts, sealPaths } = description;
  return {
    client_name: clientName,
    redirect_uris: redirectUris,
    scope,
    token_endpoint_auth_method: 'tls_client_auth',
    grant_types: grantTypesFor(scope.split(' ')),
    response_types: ['code'],
    ...(contacts === undefined ? {} : { contacts }),
    jwks: {
      keys: sealPaths.map((path) => ({
        kty: 'RSA',
        x5c: readPemCertificates(path).map((der) => der.toString('base64')),
      })),
    },
  };
}

function grantTypesFor(scopes: readonly string[]): readonly string[] {
  const payments = scopes.includes('pisp') ? ['client_credentials'] : [];
  return ['authorization_code', 'refresh_token', ...payments];
}
