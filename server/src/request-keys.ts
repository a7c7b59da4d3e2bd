import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import { verificationKeyOf } from '@postern/core/certificate/verification-key.js';
import type { RequestKey } from '@postern/core/signature/request-key.js';
import type { LiveKey } from './store/live-access.js';

/** A registered certificate as a key to verify requests with. One whose key cannot be used verifies nothing; the others of the client still do. */
export function toRequestKey({
  kid,
  x5u,
  alias,
  certificate,
  ended,
}: Omit<LiveKey, 'clientId'>): readonly RequestKey[] {
  const { publicKey, notAfter } = parseCertificate(Buffer.from(certificate, 'base64'));
  const key = verificationKeyOf(publicKey);
  if (key === undefined) return [];
  const named = { kid, ...(x5u === undefined ? {} : { x5u }), ...(alias === undefined ? {} : { alias }) };
  return [{ ...named, publicKey: key, notAfter, ...(ended === undefined ? {} : { ended }) }];
}
