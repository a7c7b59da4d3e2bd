import { randomInt } from 'node:crypto';
import type { CertificationRequest } from '@postern/core/certificate/parse-certification-request.js';
import { insertAuditEvents } from '../audit/audit-event.js';
import { createSecret, hashSecret } from '../http/secret.js';
import {
  decideApplicant,
  insertApplicant,
  readApplicant,
  readCertificatesOf,
  type SandboxApplicant,
} from '../store/sandbox.js';
import { createUuid } from '../store/uuid.js';
import { countRequest } from './count-requests.js';
import { type Application, parseApplication } from './examine-application.js';
import { issueAndRecord } from './issue-and-record.js';
import { type RenderedApplicant, renderApplicant } from './render-applicant.js';
import { requireFreshKeys } from './require-fresh-keys.js';
import type { SandboxCall, SandboxContext } from './sandbox-context.js';

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
  const secret = createSecret();
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
    secretHash: hashSecret(secret),
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
