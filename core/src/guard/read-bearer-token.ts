import { Refusal } from '../refusal/refusal.js';
import { type HeaderList, readSingleHeader } from '../signature/header-list.js';

const longestToken = 4_096;

/** The access token of an Authorization header (RFC 6750 section 2.1, RFC 9110 section 11.4); the scheme in any case. */
export function readBearerToken(headers: HeaderList): string {
  const value = readSingleHeader(headers, 'authorization');
  if (value === undefined || value === '') throw new Refusal('TOKEN_MISSING', 'The header authorization is missing: send Bearer and the access token.');
  const token = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(value)?.[1];
  if (token === undefined || token.length > longestToken) {
    throw new Refusal('TOKEN_INVALID', 'The header authorization is not of the form Bearer and one token.');
  }
  return token;
}
