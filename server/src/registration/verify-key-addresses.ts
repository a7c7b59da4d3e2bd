import { parseCertificateText } from '@postern/core/certificate/parse-certificate-text.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { KeyCandidate } from '@postern/core/registration/parse-jwk.js';
import type { Problem } from '@postern/core/registration/problem.js';
import type { RegisteredKey } from '@postern/core/registration/registered-key.js';
import type { GuardedFetch } from '../fetch/guarded-fetch.js';

const limits = { maxBytes: 65_536, timeoutMs: 3_000 } as const;

/** What certificates come as: RFC 2585, RFC 8555 section 9.1, and what servers say of a file that they do not know. */
const mediaTypes: ReadonlySet<string> = new Set([
  'application/pkix-cert',
  'application/x-x509-ca-cert',
  'application/x-x509-user-cert',
  'application/pem-certificate-chain',
  'application/x-pem-file',
  'application/octet-stream',
  'text/plain',
]);

/**
 * Asks each x5u that is not registered yet for its certificate (RFC 7517 section 4.6), once and never again: it must be that of
 * x5c. What the address answers is told to nobody but in these few words, and of names that lead inside not even that there are such. A key that was registered with its address is not asked for.
 */
export async function findAddressProblems(
  keys: readonly KeyCandidate[],
  registered: readonly RegisteredKey[],
  fetch: GuardedFetch,
): Promise<readonly Problem[]> {
  const known = new Set(registered.map(({ kid, x5u }) => `${kid} ${x5u ?? ''}`));
  const asked = keys.filter(({ key }) => key.x5u !== undefined && !known.has(`${key.kid} ${key.x5u}`));
  const problems = await Promise.all(
    asked.map(async ({ member, key }) => {
      const fault = await findFault(key, fetch);
      return fault === undefined ? [] : [{ member, text: `${member} has an x5u that ${fault}.` }];
    }),
  );
  return problems.flat();
}

async function findFault({ kid, x5u = '' }: RegisteredKey, fetch: GuardedFetch): Promise<string | undefined> {
  const answer = await fetch(x5u, limits);
  if (answer.failure !== undefined && answer.noAddress === true)
    return 'could not be read: its host has no public address';
  if (answer.failure !== undefined) return `could not be read: ${answer.failure}`;
  const type = answer.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== undefined && !mediaTypes.has(type)) return 'answers a Content-Type that is none of certificates';
  const [first] = readCertificates(answer.bytes);
  if (first === undefined) return 'answers no certificate';
  return first.thumbprint === kid ? undefined : 'answers another certificate than that of x5c';
}

function readCertificates(bytes: Uint8Array): ReturnType<typeof parseCertificateText> {
  try {
    return parseCertificateText(bytes);
  } catch (cause) {
    if (cause instanceof Refusal) return [];
    throw cause;
  }
}
