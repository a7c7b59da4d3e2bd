import type { CertificationRequest } from '@postern/core/certificate/parse-certification-request.js';
import type { Sql } from '../store/database.js';
import { claimKeys, type IssuedCertificate, type SandboxApplicant } from '../store/sandbox.js';
import { readCertifiedKey } from './certified-key.js';
import { keyHashOf, oneKey, type RequestPair, unusable } from './parse-request.js';
import type { SandboxContext } from './sandbox-context.js';

/** Refuses keys of the bank, and keys that were certified for somebody else. Throws Refusal CERTIFICATION_REQUEST_INVALID. */
export async function requireFreshKeys(
  sql: Sql,
  from: { context: SandboxContext; applicant: SandboxApplicant; requests: readonly CertificationRequest[] },
): Promise<void> {
  const hashes = from.requests.map(keyHashOf);
  const isOwn = hashes.some((hash) => from.context.ownKeys.has(hash));
  if (!isOwn && (await claimKeys(sql, from.applicant, hashes))) return;
  throw unusable('in-use', 'its key is in use already. Make a new one');
}

/**
 * Refuses a key for one use that serves the other: among the requests, and in what was issued before. Throws Refusal
 * CERTIFICATION_REQUEST_INVALID.
 */
export function requireKeyEach({ website, seal }: Partial<RequestPair>, issued: readonly IssuedCertificate[]): void {
  const keyOf = (request: CertificationRequest | undefined) => request && keyHashOf(request);
  const [ofWebsite, ofSeal] = [keyOf(website), keyOf(seal)];
  const isTaken = (key: string | undefined, by: IssuedCertificate['kind']) =>
    key !== undefined &&
    issued.some((each) => each.kind === by && keyHashOf({ publicKey: readCertifiedKey(each) }) === key);
  if (ofWebsite !== undefined && ofWebsite === ofSeal) throw unusable('one-key', oneKey);
  if (isTaken(ofWebsite, 'qsealc') || isTaken(ofSeal, 'qwac'))
    throw unusable(
      'other-use',
      'its key is that of a certificate for the other use: TLS and signatures need a key each',
    );
}
