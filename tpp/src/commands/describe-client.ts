import { readText } from '../http/http-answer.js';
import type { RegisteredClient } from '../registration/register-client.js';

/** A registration as rows for the terminal. */
export function describeClient({ clientId, kids, metadata }: RegisteredClient): readonly (readonly [string, string])[] {
  const redirects = metadata['redirect_uris'];
  const shown = ['client_name', 'scope', 'provider_legal_id', 'registration_client_uri'].flatMap((name) => {
    const value = readText(metadata, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return [
    ['client_id', clientId],
    ...shown,
    ...(Array.isArray(redirects) ? redirects.map((uri) => ['redirect_uri', String(uri)] as const) : []),
    ...kids.map((kid) => ['kid', kid] as const),
  ];
}
