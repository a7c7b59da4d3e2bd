import type { Refusal } from '@postern/core/refusal/refusal.js';
import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';
import { refusalStatus } from '../http/refusal-status.js';

/** Where an answer to an authorization request goes. */
export interface ReturnPlace {
  readonly redirectUri: string;
  /** Returned as it was sent. */
  readonly state: string | undefined;
  readonly issuer: string;
}

/** An error that the third party is told by the PSU's browser (RFC 6749 section 4.1.2.1). */
export interface ReturnedError {
  readonly code: RefusalCode;
  readonly error: string;
  readonly description: string;
}

/** The address that brings a code back (RFC 6749 section 4.1.2, with `iss` of RFC 9207). */
export function renderCodeReturn(place: ReturnPlace, code: string): string {
  return append(place, [['code', code]]);
}

/** The address that brings an error back. */
export function renderErrorReturn(place: ReturnPlace, { error, description }: ReturnedError): string {
  return append(place, [
    ['error', error],
    ['error_description', asPrintable(description)],
  ]);
}

/** A refusal as an error to return; `error` where OAuth has a more telling word than the catalogue. */
export function toReturnedError(refusal: Refusal, error?: string): ReturnedError {
  return { code: refusal.code, error: error ?? refusalStatus[refusal.code].oauth, description: refusal.message };
}

/** The registered address stays as it is, its own query included. */
function append({ redirectUri, state, issuer }: ReturnPlace, answer: readonly (readonly [string, string])[]): string {
  const parameters = [...answer, ...(state === undefined ? [] : [['state', state] as const]), ['iss', issuer] as const];
  const query = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query}`;
}

/** RFC 6749 section 4.1.2.1 limits error_description to printable ASCII without quotation mark and backslash. */
function asPrintable(text: string): string {
  return text.replaceAll('"', "'").replaceAll(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?');
}
