import { Refusal } from '../refusal/refusal.js';
import type { HeaderList } from './header-list.js';

/** What a signing string is built from. */
export interface SignableRequest {
  readonly method: string;
  /** The request target exactly as on the wire: path and query, nothing normalised. */
  readonly target: string;
  readonly headers: HeaderList;
  /** Seconds since 1970, where (created) is covered. */
  readonly created?: number | undefined;
  /** Seconds since 1970, where (expires) is covered. */
  readonly expires?: number | undefined;
}

/**
 * The signing string over the named headers (draft-cavage-http-signatures-12, 2.3); its bytes are those of the wire (`latin1`).
 * A name without a header is refused with SIGNATURE_INVALID.
 */
export function buildSigningString(request: SignableRequest, names: readonly string[]): string {
  return names.map((name) => `${name}: ${readComponent(request, name)}`).join('\n');
}

function readComponent(request: SignableRequest, name: string): string {
  switch (name) {
    case '(request-target)':
      return `${request.method.toLowerCase()} ${request.target}`;
    case '(created)':
      return readTime(name, request.created);
    case '(expires)':
      return readTime(name, request.expires);
    default:
      return joinValues(request.headers, name);
  }
}

function joinValues(headers: HeaderList, name: string): string {
  const values = headers.get(name);
  if (values === undefined) {
    throw new Refusal('SIGNATURE_INVALID', `The signature covers the header ${name}, which the request does not have.`);
  }
  return values.length === 1 && values[0] !== undefined ? values[0] : values.join(', ');
}

function readTime(name: string, seconds: number | undefined): string {
  if (seconds === undefined) {
    throw new Refusal(
      'SIGNATURE_INVALID',
      `The signature covers ${name}, but the Signature header has no such parameter.`,
    );
  }
  return String(seconds);
}
