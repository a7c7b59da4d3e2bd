import { Refusal } from '@postern/core/refusal/refusal.js';
import type { RegisteredKey } from '@postern/core/registration/registered-key.js';
import { parseHeaderList } from '@postern/core/signature/header-list.js';
import { verifyRequestSignature } from '@postern/core/signature/verify-request-signature.js';
import { toRequestKey } from '../request-keys.js';
import { readLiveKeys } from '../store/live-access.js';
import type { Asking } from './count-request.js';

/** A request that carries a registration, as the socket gave it. */
export interface SentRegistration {
  readonly method: string;
  readonly target: string;
  readonly rawHeaders: readonly string[];
  readonly body: Uint8Array;
}

/** Throws Refusal SIGNATURE_MISSING before anything is read, where the brand asks for a signature and none came. */
export function requireSignature({ dependencies }: Asking, { rawHeaders }: SentRegistration): void {
  if (dependencies.policy.requestSignature === 'none') return;
  if (rawHeaders.some((name, position) => position % 2 === 0 && name.toLowerCase() === 'signature')) return;
  throw new Refusal(
    'SIGNATURE_MISSING',
    'The Signature header is missing: sign the request with a QSealC that it registers, or that is registered.',
  );
}

/** Where the keys are that a registration may be signed with. */
export interface SigningKeys {
  /** Those of the request itself, which have been judged. */
  readonly sent: readonly RegisteredKey[];
  /** The client whose registered keys may sign too. */
  readonly clientId?: string | undefined;
}

/**
 * Verifies the signature of a registration or update, where the brand asks for one, as calls of the API are verified: by a key that the
 * request registers, or that its client has registered and that still counts. Throws the Refusals of `verifyRequestSignature`.
 */
export async function verifyRequest(
  { dependencies, now }: Asking,
  { method, target, rawHeaders, body }: SentRegistration,
  { sent, clientId }: SigningKeys,
): Promise<void> {
  const { policy, database, signature } = dependencies;
  if (policy.requestSignature === 'none') return;
  const registered = clientId === undefined ? [] : await readLiveKeys(database, [clientId]);
  const judged = sent.map(({ x5c, ...key }) => ({
    ...key,
    certificate: x5c[0] ?? '',
    ended: undefined,
    alias: key.alias,
  }));
  const others = registered.filter(({ kid }) => judged.every((key) => key.kid !== kid));
  verifyRequestSignature(
    { method, target, headers: parseHeaderList(rawHeaders), body },
    { keys: [...judged, ...others].flatMap(toRequestKey), now, policy: signature },
  );
}
