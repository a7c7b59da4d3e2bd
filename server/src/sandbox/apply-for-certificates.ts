import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { CertificationRequest } from '@postern/core/certificate/parse-certification-request.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { insertAuditEvents } from '../audit/audit-event.js';
import type { Sql } from '../store/database.js';
import {
  claimKeys,
  countAttempt,
  decideApplicant,
  insertApplicant,
  readApplicant,
  readCertificatesOf,
  type SandboxApplicant,
} from '../store/sandbox.js';
import { createUuid } from '../store/uuid.js';
import { type Application, parseApplication } from './examine-application.js';
import { issueAndRecord } from './issue-and-record.js';
import { keyHashOf } from './parse-request.js';
import { type RenderedApplicant, renderApplicant } from './render-applicant.js';
import type { SandboxCall, SandboxContext } from './sandbox-context.js';

/** All requests of a brand within a day, whoever sends them: what an unattended sandbox may grow by. */
const mostOfBrand = 2_000;

/**
 * Takes a request for test certificates: issues them at once where the brand agrees to everybody, otherwise keeps it for an operator.
 * The secret in the answer is told once. Throws Refusal RATE_LIMITED, REQUEST_MALFORMED, CERTIFICATION_REQUEST_INVALID.
 */
export async function applyForCertificates(
  context: SandboxContext,
  { body, source, ...call }: SandboxCall & { readonly body: Uint8Array; readonly source: string },
): Promise<RenderedApplicant & { readonly secret: string }> {
  await countRequest(context, source, call.now);
  return takeApplication(context, parseApplication(body), call);
}

/**
 * Takes a request that was counted and read. Throws Refusal CERTIFICATION_REQUEST_INVALID when a key in it is in use already; nothing
 * of it is kept then.
 */
export async function takeApplication(
  context: SandboxContext,
  application: Application,
  call: SandboxCall,
): Promise<RenderedApplicant & { readonly secret: string }> {
  const secret = randomBytes(32).toString('base64url');
  const applicant = describeApplicant(application, { context, secret, now: call.now });
  await context.database.transaction(async (sql) => {
    await insertApplicant(sql, applicant);
    await requireFreshKeys(sql, { context, applicant, requests: Object.values(application.requests) });
    await insertAuditEvents(sql, [requestedEvent(applicant, call)]);
    if (context.agreement === 'operator') return;
    const agreed = { id: applicant.id, state: 'issued', by: 'policy', reason: undefined, at: call.now } as const;
    await decideApplicant(sql, agreed);
    await issueAndRecord(sql, context, { applicant, requests: application.requests, call });
  });
  await context.state?.refresh();
  const written = (await readApplicant(context.database, applicant.id)) ?? applicant;
  return { ...renderApplicant(written, await readCertificatesOf(context.database, applicant.id)), secret };
}

/** Counts what a source asks for, before anything is done for it. Throws Refusal RATE_LIMITED. */
export async function countRequest(context: SandboxContext, source: string, now: Date): Promise<void> {
  const { database, place, requestsPerDay } = context;
  const brand = place.brand;
  const until =
    (await countAttempt(database, { brand, source, most: requestsPerDay }, now)) ??
    (await countAttempt(database, { brand, source: '*', most: mostOfBrand }, now));
  if (until === undefined) return;
  throw new Refusal('RATE_LIMITED', 'No more requests for test certificates are taken today.', {
    retryAfterSeconds: (until.getTime() - now.getTime()) / 1_000,
  });
}

/** Refuses keys of the bank, and keys that were certified for somebody else. Throws Refusal CERTIFICATION_REQUEST_INVALID. */
export async function requireFreshKeys(
  sql: Sql,
  from: { context: SandboxContext; applicant: SandboxApplicant; requests: readonly CertificationRequest[] },
): Promise<void> {
  const hashes = from.requests.map(keyHashOf);
  const isOwn = hashes.some((hash) => from.context.ownKeys.has(hash));
  if (!isOwn && (await claimKeys(sql, from.applicant, hashes))) return;
  throw new Refusal(
    'CERTIFICATION_REQUEST_INVALID',
    'The certification request cannot be used: its key is in use already. Make a new one.',
  );
}

/** What is kept of a secret: its SHA-256, base64url. It needs no salt, having 256 bits. */
export function hashOwnerSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

function describeApplicant(
  { organizationName, contact, roles, requests }: Application,
  { context, secret, now }: { context: SandboxContext; secret: string; now: Date },
): SandboxApplicant {
  const { place } = context;
  const base64 = ({ der }: CertificationRequest) => Buffer.from(der).toString('base64');
  return {
    id: createUuid(now),
    brand: place.brand,
    organizationIdentifier: `PSD${place.authority}-${randomInt(100_000_000_000, 100_000_000_000 + 2 ** 38)}`,
    organizationName,
    contact,
    roles,
    secretHash: hashOwnerSecret(secret),
    state: 'waiting',
    registerState: 'active',
    requests: { website: base64(requests.website), seal: base64(requests.seal) },
    requestedAt: now,
    decidedAt: undefined,
    decidedBy: undefined,
    reason: undefined,
  };
}

function requestedEvent(applicant: SandboxApplicant, { now, correlationId }: SandboxCall) {
  return {
    at: now,
    kind: 'sandbox-requested' as const,
    outcome: 'done' as const,
    brand: applicant.brand,
    environment: 'sandbox',
    organizationIdentifier: applicant.organizationIdentifier,
    correlationId,
    detail: { applicant: applicant.id, roles: applicant.roles },
  };
}
