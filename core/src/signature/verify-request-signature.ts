import { verify } from 'node:crypto';
import { noteDigest, noteName, noteSize } from '../refusal/note.js';
import { Refusal } from '../refusal/refusal.js';
import { verifyDigest } from './digest.js';
import { readSingleHeader } from './header-list.js';
import { parseHttpDate } from './parse-http-date.js';
import { parseSignatureHeader, type SignatureParameters } from './parse-signature-header.js';
import type { RequestKey } from './request-key.js';
import { requiredCoverage } from './required-coverage.js';
import { buildSigningString, type SignableRequest } from './signing-string.js';

/** A request as it came over the wire. */
export interface SignedRequest extends Pick<SignableRequest, 'method' | 'target' | 'headers'> {
  readonly body: Uint8Array;
}

export interface SignaturePolicy {
  /** How far Date may be from our clock, either way, in seconds. */
  readonly dateWindowSeconds: number;
  /** STET wants Digest on every request; without this it is required only where there is a body. */
  readonly requireDigestWithoutBody?: boolean;
}

/** What to verify a request against. */
export interface SignatureVerification {
  /** The keys of the client that the token belongs to, and of no other. */
  readonly keys: readonly RequestKey[];
  readonly now: Date;
  readonly policy: SignaturePolicy;
}

export interface VerifiedSignature {
  readonly kid: string;
  readonly signingString: string;
}

/** `created` may be this far ahead of our clock. */
const createdLeadSeconds = 60;

/**
 * Verifies the request signature of draft-cavage-http-signatures-12 as STET profiles it (framework 3.5): one key of the client, the
 * algorithm its key decides, the required coverage, Date, Digest, then the signature itself. Refusals carry length and digest of the rebuilt
 * signing string as their detail as soon as there is one, so that a third party can compare it with its own: SIGNATURE_MISSING, _MALFORMED, _KEY_UNKNOWN, _KEY_UNUSABLE, _INVALID, DIGEST_MISMATCH, TIMESTAMP_INVALID.
 */
export function verifyRequestSignature(
  request: SignedRequest,
  { keys, now, policy }: SignatureVerification,
): VerifiedSignature {
  const parameters = readParameters(request);
  const key = selectKey(parameters.keyId, keys);
  assertKeyUsable(key, parameters, now);
  assertCoverage(request, parameters, policy);
  const signingString = rebuildSigningString(request, parameters);
  withDetail({ kid: key.kid, signingString }, () => {
    assertTimes(request, parameters, { now, policy });
    if (parameters.headers.includes('digest')) verifyDigest(request.headers, request.body);
    assertSignature(key, parameters, signingString);
  });
  return { kid: key.kid, signingString };
}

/** RFC 9421 uses the same header name: beside its Signature-Input nobody can say which of the two was meant (attack row S35). */
function readParameters(request: SignedRequest): SignatureParameters {
  if (request.headers.has('signature-input')) {
    throw new Refusal(
      'SIGNATURE_MALFORMED',
      'The request has a Signature-Input header (RFC 9421), which this client has not chosen: sign by draft-cavage-http-signatures-12 alone.',
    );
  }
  const value = readSingleHeader(request.headers, 'signature');
  if (value === undefined)
    throw new Refusal(
      'SIGNATURE_MISSING',
      'The Signature header is missing: sign the request with a registered QSealC.',
    );
  return parseSignatureHeader(value);
}

function selectKey(keyId: string, keys: readonly RequestKey[]): RequestKey {
  // The bank's own names come first: no name that a client gives can stand in their place.
  const key = keys.find(({ kid }) => kid === keyId) ?? keys.find(({ x5u, alias }) => x5u === keyId || alias === keyId);
  if (key !== undefined) return key;
  throw new Refusal(
    'SIGNATURE_KEY_UNKNOWN',
    'The keyId of the Signature header is neither a kid nor a registered x5u of this client.',
  );
}

function assertKeyUsable(key: RequestKey, { algorithm, headers }: SignatureParameters, now: Date): void {
  if (key.notAfter.getTime() < now.getTime()) {
    throw unusable(`The certificate of the key ${key.kid} expired at ${key.notAfter.toISOString()}.`);
  }
  if (key.ended !== undefined) throw unusable(`The certificate of the key ${key.kid} no longer counts: ${key.ended}.`);
  if (key.publicKey.asymmetricKeyType !== 'rsa') {
    throw invalid(`The key ${key.kid} is not an RSA key; request signatures are made with rsa-sha256.`);
  }
  if (algorithm !== undefined && algorithm.toLowerCase() !== 'rsa-sha256') {
    throw invalid(
      `The Signature header says algorithm ${algorithm}; the key ${key.kid} signs with rsa-sha256 and nothing else.`,
    );
  }
  // draft-cavage-12, 2.3: (created) and (expires) must be refused with the algorithms that name a key type.
  const time =
    algorithm === undefined ? undefined : headers.find((name) => name === '(created)' || name === '(expires)');
  if (time !== undefined) throw invalid(`The signature covers ${time}, which the algorithm rsa-sha256 does not allow.`);
}

function assertCoverage(
  { headers, body }: SignedRequest,
  parameters: SignatureParameters,
  policy: SignaturePolicy,
): void {
  const required = requiredCoverage({
    headers,
    hasBody: body.length > 0,
    requireDigestWithoutBody: policy.requireDigestWithoutBody ?? false,
  });
  const missing = required.filter((name) => !parameters.headers.includes(name));
  if (missing.length > 0)
    throw invalid(
      `The signature does not cover ${missing.join(', ')}; for this request it must cover ${required.join(' ')}.`,
    );
  for (const name of required) readSingleHeader(headers, name);
}

function rebuildSigningString(
  { method, target, headers }: SignedRequest,
  { headers: names, created, expires }: SignatureParameters,
): string {
  return buildSigningString({ method, target, headers, created, expires }, names);
}

function assertTimes(
  { headers }: SignedRequest,
  { created, expires }: SignatureParameters,
  at: Omit<SignatureVerification, 'keys'>,
): void {
  const date = parseHttpDate(readSingleHeader(headers, 'date') ?? '');
  if (date === undefined) throw untimely('The Date header is not of the form "Sun, 06 Nov 1994 08:49:37 GMT".');
  const seconds = at.now.getTime() / 1000;
  const window = at.policy.dateWindowSeconds;
  const lead = date.getTime() / 1000 - seconds;
  if (!(Math.abs(lead) <= window)) {
    throw untimely(
      `The Date header is ${describeLead(lead)} the time here, ${at.now.toUTCString()}; at most ${window} s are allowed.`,
    );
  }
  if (created !== undefined && created - seconds > createdLeadSeconds)
    throw untimely('The parameter created of the Signature header is in the future.');
  if (created !== undefined && seconds - created > window)
    throw untimely(`The parameter created of the Signature header is more than ${window} s ago.`);
  if (expires !== undefined && expires < seconds)
    throw untimely('The parameter expires of the Signature header is past.');
}

function describeLead(lead: number): string {
  return `${Math.abs(Math.round(lead))} s ${lead > 0 ? 'ahead of' : 'behind'}`;
}

function assertSignature(key: RequestKey, parameters: SignatureParameters, signingString: string): void {
  // The key itself: its padding is PKCS #1 v1.5, as assertKeyUsable has seen to, and around it would cost as much as the proof.
  if (verify('sha256', Buffer.from(signingString, 'latin1'), key.publicKey, parameters.signature)) return;
  throw invalid(`The signature does not verify with the key ${key.kid} over ${parameters.headers.join(' ')}.`);
}

/** The string that the signature of a request is over, as it is rebuilt here; for whoever sent the request. Refusals as for what cannot be parsed. */
export function readSigningString(request: SignedRequest): string {
  return rebuildSigningString(request, readParameters(request));
}

function withDetail({ kid, signingString }: VerifiedSignature, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.code, error.message, {
      detail: { kid: noteName(kid), size: noteSize(signingString.length), signingString: noteDigest(signingString) },
      cause: error,
    });
  }
}

function invalid(message: string): Refusal {
  return new Refusal('SIGNATURE_INVALID', message);
}

function unusable(message: string): Refusal {
  return new Refusal('SIGNATURE_KEY_UNUSABLE', message);
}

function untimely(message: string): Refusal {
  return new Refusal('TIMESTAMP_INVALID', message);
}
