import { constants, createHash, type KeyObject, sign } from 'node:crypto';
import { parseHeaderList } from './header-list.js';
import { renderHttpDate } from './parse-http-date.js';
import { requiredCoverage } from './required-coverage.js';
import { buildSigningString } from './signing-string.js';

/** The private key of a registered QSealC, and the name that the bank knows it by: its kid, or a registered x5u. */
export interface SigningKey {
  readonly keyId: string;
  readonly privateKey: KeyObject;
}

/** A request before it is signed. */
export interface UnsignedRequest {
  readonly method: string;
  readonly url: string;
  /** Further headers; every PSU-* among them is signed. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface RequestSignature {
  /** All headers to send: those given, and Host, Date, X-Request-Id, Digest where there is a body, Signature. */
  readonly headers: Readonly<Record<string, string>>;
  readonly covered: readonly string[];
  readonly signingString: string;
}

/** When a request is signed, and what it is told apart by; a fresh X-Request-Id for each. */
export interface SigningMoment {
  readonly now: Date;
  readonly requestId: string;
}

/** Signs a request by draft-cavage-http-signatures-12 as STET profiles it (framework 3.5), rsa-sha256, with the Date `now`. */
export function signRequest(request: UnsignedRequest, key: SigningKey, moment: SigningMoment): RequestSignature {
  const url = new URL(request.url);
  const headers = completeHeaders(request, url, moment);
  const list = parseHeaderList(Object.entries(headers).flat());
  const hasBody = request.body !== undefined && request.body.length > 0;
  const covered = requiredCoverage({ headers: list, hasBody, requireDigestWithoutBody: false });
  const signingString = buildSigningString(
    { method: request.method, target: url.pathname + url.search, headers: list },
    covered,
  );
  const padded = { key: key.privateKey, padding: constants.RSA_PKCS1_PADDING };
  const signature = sign('sha256', Buffer.from(signingString, 'latin1'), padded).toString('base64');
  const value = `keyId="${key.keyId}",algorithm="rsa-sha256",headers="${covered.join(' ')}",signature="${signature}"`;
  return { headers: { ...headers, signature: value }, covered, signingString };
}

/** The Digest header of a body (RFC 3230). */
export function renderDigest(body: Uint8Array): string {
  return `SHA-256=${createHash('sha256').update(body).digest('base64')}`;
}

function completeHeaders(
  { headers = {}, body }: UnsignedRequest,
  url: URL,
  { now, requestId }: SigningMoment,
): Readonly<Record<string, string>> {
  const date = renderHttpDate(now);
  if (date === undefined) throw new RangeError('the time cannot be written as an HTTP date');
  const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const digest =
    body === undefined || body.length === 0 ? {} : { digest: renderDigest(body), 'content-type': 'application/json' };
  return { host: url.host, date, 'x-request-id': requestId, ...digest, ...given };
}
