import { Refusal } from '../refusal/refusal.js';
import { type HeaderList, readSingleHeader } from '../signature/header-list.js';

const longestToken = 4_096;

/**
 * The access token in the Authorization header of a request (RFC 6750 section 2.1, RFC 9110 section 11.4); the scheme in any case.
 * A token in the query is refused even beside a right one: by then it stands in logs and histories (RFC 9700 section 4.3.2).
 */
export function readBearerToken({
  headers,
  target,
}: {
  readonly headers: HeaderList;
  readonly target: string;
}): string {
  if (hasTokenInQuery(target)) {
    throw new Refusal(
      'REQUEST_MALFORMED',
      'The query holds an access_token: send it in the header authorization only, and have the one sent revoked.',
    );
  }
  const value = readSingleHeader(headers, 'authorization');
  if (value === undefined || value === '')
    throw new Refusal('TOKEN_MISSING', 'The header authorization is missing: send Bearer and the access token.');
  const token = bearerToken.exec(value)?.[1];
  if (token !== undefined && token.length <= longestToken) return token;
  if (/^bearer .*,/i.test(value))
    throw new Refusal(
      'REQUEST_MALFORMED',
      'The header authorization is not of the form Bearer and one token: it holds several.',
    );
  throw new Refusal('TOKEN_INVALID', 'The header authorization is not of the form Bearer and one token.');
}

/** The letters of the scheme one by one: without regard to case the whole of a long token would be read more slowly. */
const bearerToken = /^[Bb][Ee][Aa][Rr][Ee][Rr] +([A-Za-z0-9\-._~+/]+=*)$/;

function hasTokenInQuery(target: string): boolean {
  const query = target.indexOf('?');
  return query >= 0 && new URLSearchParams(target.slice(query)).has('access_token');
}
