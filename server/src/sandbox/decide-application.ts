import { parseCertificationRequest } from '@postern/core/certificate/parse-certification-request.js';
import { insertAuditEvents } from '../audit/audit-event.js';
import type { Sql } from '../store/database.js';
import { insertApplicantNotice } from '../store/notices.js';
import { decideApplicant, lockApplicant, readApplicant, type SandboxApplicant } from '../store/sandbox.js';
import { issueAndRecord } from './issue-and-record.js';
import { contentFor } from './notice-content.js';
import type { SandboxCall, SandboxContext } from './sandbox-context.js';
import { ownerPage } from './sandbox-place.js';

/** What an operator says to a request for test certificates. */
export interface ApplicationDecision {
  readonly id: string;
  readonly state: 'issued' | 'refused';
  /** Who decided. */
  readonly by: string;
  /** Told to the applicant. */
  readonly reason: string | undefined;
}

/** Approves a request, which issues its certificates, or refuses it, once; undefined when nothing of this brand waits under the id. */
export async function decideApplication(
  context: SandboxContext,
  decision: ApplicationDecision,
  call: SandboxCall,
): Promise<SandboxApplicant | undefined> {
  const decided = await context.database.transaction(async (sql) => {
    const applicant = await lockApplicant(sql, decision.id);
    if (applicant?.brand !== context.place.brand) return false;
    if (!(await decideApplicant(sql, { ...decision, at: call.now }))) return false;
    const { id, state, by, reason } = decision;
    await insertAuditEvents(sql, [
      {
        at: call.now,
        kind: 'sandbox-decided',
        outcome: state === 'issued' ? 'done' : 'refused',
        brand: applicant.brand,
        environment: 'sandbox',
        organizationIdentifier: applicant.organizationIdentifier,
        correlationId: call.correlationId,
        detail: { applicant: id, state, by, ...(reason === undefined ? {} : { reason }) },
      },
    ]);
    await tellDecided(sql, context, { applicant, decision, now: call.now });
    if (state === 'refused' || applicant.requests === undefined) return true;
    const website = parseCertificationRequest(applicant.requests.website);
    const seal = parseCertificationRequest(applicant.requests.seal);
    await issueAndRecord(sql, context, { applicant, requests: { website, seal }, call });
    return true;
  });
  return decided ? readApplicant(context.database, decision.id) : undefined;
}

async function tellDecided(
  sql: Sql,
  { channels, place }: SandboxContext,
  { applicant, decision, now }: { applicant: SandboxApplicant; decision: ApplicationDecision; now: Date },
): Promise<void> {
  const reason = decision.reason === undefined ? {} : { reason: decision.reason };
  const notice = {
    applicantId: applicant.id,
    kind: decision.state === 'issued' ? ('sandbox-agreed' as const) : ('sandbox-refused' as const),
    at: now,
    content: contentFor(applicant, { ...reason, page: ownerPage(place) }),
  };
  await insertApplicantNotice(sql, notice, channels);
}
