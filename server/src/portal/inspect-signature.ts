import { createHash } from 'node:crypto';
import type { Certificate } from '@postern/core/certificate/certificate.js';
import { parseCertificateText } from '@postern/core/certificate/parse-certificate-text.js';
import { verificationKeyOf } from '@postern/core/certificate/verification-key.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { readSingleHeader } from '@postern/core/signature/header-list.js';
import { parseHttpDate } from '@postern/core/signature/parse-http-date.js';
import { parseSignatureHeader } from '@postern/core/signature/parse-signature-header.js';
import type { RequestKey } from '@postern/core/signature/request-key.js';
import {
  readSigningString,
  type SignaturePolicy,
  type SignedRequest,
  verifyRequestSignature,
} from '@postern/core/signature/verify-request-signature.js';
import type { BenchView } from '@postern/web/views/bench-view.js';
import { holdsPrivateKey } from '../http/holds-private-key.js';
import { parsePastedRequest } from './parse-pasted-request.js';

type Inspection = Omit<BenchView, 'navigation'>;
type Verdict = NonNullable<Inspection['result']>['verdict'];

export interface PastedRequest {
  readonly request: string;
  readonly certificate: string;
}

/**
 * What the gateway would say of the signature of a pasted request, by the functions that it calls, with the pasted certificate as the
 * one registered key. An old Date is told apart, so that a request of yesterday can still be looked at.
 */
export async function inspectSignature(pasted: PastedRequest, policy: SignaturePolicy, now: Date): Promise<Inspection> {
  const { request: text, certificate: path } = pasted;
  const nothing = { request: '', certificate: '' };
  if (holdsPrivateKey(text) || holdsPrivateKey(path)) return { ...nothing, problem: { kind: 'private-key' } };
  if (text.trim() === '' || path.trim() === '') return { ...pasted, problem: { kind: 'empty' } };
  try {
    const request = parsePastedRequest(text);
    const [certificate] = parseCertificateText(path.trim());
    if (certificate === undefined) return { ...pasted, problem: { kind: 'empty' } };
    return { ...pasted, result: await judge(request, certificate, { policy, now }) };
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    const kept = cause.code === 'CERTIFICATE_INVALID' ? { ...pasted, certificate: '' } : pasted;
    return { ...kept, problem: { kind: 'unreadable', message: cause.message } };
  }
}

async function judge(
  request: SignedRequest,
  certificate: Certificate,
  { policy, now }: { policy: SignaturePolicy; now: Date },
): Promise<NonNullable<Inspection['result']>> {
  const at = (time: Date) => verify(request, certificate, { policy, now: time });
  const today = await at(now);
  const made = readDate(request);
  const late = today.verdict.code === 'TIMESTAMP_INVALID' && made !== undefined;
  const { verdict, signingString } = late ? await at(made) : today;
  return {
    verdict,
    ...(late ? { late: today.verdict.message ?? '' } : {}),
    ...(signingString === undefined ? {} : { signingString }),
    digest: `SHA-256=${createHash('sha256').update(request.body).digest('base64')}`,
    bodyOctets: request.body.length,
    kid: certificate.thumbprint,
  };
}

async function verify(
  request: SignedRequest,
  certificate: Certificate,
  { policy, now }: { policy: SignaturePolicy; now: Date },
): Promise<{ verdict: Verdict; signingString?: string }> {
  try {
    const keys = keysOf(request, certificate);
    const { signingString } = await verifyRequestSignature(request, { keys, now, policy });
    return { verdict: { ok: true }, signingString };
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    return { verdict: { ok: false, code: cause.code, message: cause.message }, ...rebuild(request) };
  }
}

/** Whoever pasted the request is shown what its signature should be over, as soon as that can be rebuilt. */
function rebuild(request: SignedRequest): { signingString?: string } {
  try {
    return { signingString: readSigningString(request) };
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    return {};
  }
}

/** The certificate as a registered key: known by its kid, or by the address that the signature names, which registration alone can tell. */
function keysOf(request: SignedRequest, certificate: Certificate): readonly RequestKey[] {
  const publicKey = verificationKeyOf(certificate.publicKey);
  if (publicKey === undefined)
    throw new Refusal('SIGNATURE_KEY_UNUSABLE', 'The key of the certificate is of a kind that is not used here.');
  const header = readSingleHeader(request.headers, 'signature');
  const keyId = header === undefined ? undefined : parseSignatureHeader(header).keyId;
  const named = keyId?.startsWith('https://') === true ? { x5u: keyId } : {};
  return [{ kid: certificate.thumbprint, publicKey, notAfter: certificate.notAfter, ...named }];
}

function readDate({ headers }: SignedRequest): Date | undefined {
  const [date] = headers.get('date') ?? [];
  return date === undefined ? undefined : parseHttpDate(date);
}
