import { randomUUID } from 'node:crypto';
import {
  type RequestSignature,
  type SigningKey,
  signRequest as signAt,
  type UnsignedRequest,
} from '@postern/core/signature/sign-request.js';

/** Signs a request by draft-cavage-http-signatures-12 as STET profiles it, with the Date `now` and an X-Request-Id of its own. */
export function signRequest(request: UnsignedRequest, key: SigningKey, now: Date): RequestSignature {
  return signAt(request, key, { now, requestId: randomUUID() });
}
