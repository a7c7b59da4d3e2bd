import { parseCertificationRequest } from '@postern/core/certificate/parse-certification-request.js';
import { type AuditEvent, insertAuditEvents } from '../audit/audit-event.js';
import { isSamePerson } from '../same-person.js';
import type { Sql } from '../store/database.js';
import { insertApplicantNotice } from '../store/notices.js';
import { decideApplicant, lockApplicant, readApplicant, type SandboxApplicant } from '../store/sandbox.js';
import { insertApproval, readApprovals } from '../store/sandbox-approvals.js';
import { issueAndRecord } from './issue-and-record.js';
import { contentFor } from './notice-content.js';
import type { SandboxCall, SandboxContext } from './sandbox-context.js';
import { ownerPage } from './sandbox-place.js';

/** What an operator says to a request for test certificates. */
export interface ApplicationDecision {
  readonly id: string;
  readonly state: 'issued' | 'refused';
  /** Who decides: the subject tells people apart, the name is for people. */
  readonly by: { readonly subject: string; readonly name: string };
  /** Digest of the form that decided, where one did. */
  readonly form?: string | undefined;
  /** Told to the applicant. */
  readonly reason: string | undefined;
}

/** What came of it: `agreed` waits for more people; `same-person` had agreed before, and another one must. */
export interface DecidedApplication {
  readonly outcome: 'decided' | 'agreed' | 'same-person';
  readonly applicant: SandboxApplicant;
}

/**
 * Approves a request, which issues its certificates once as many different people as the brand wants have agreed, or refuses it, for
 * which one is enough. Undefined when nothing of this brand waits under the id.
 */
export async function decideApplication(
  context: SandboxContext,
  decision: ApplicationDecision,
  call: SandboxCall,
): Promise<DecidedApplication | undefined> {
  const outcome = await context.database.transaction(async (sql) => {
    const applicant = await lockApplicant(sql, decision.id);
    if (applicant?.brand !== context.place.brand || applicant.state !== 'waiting') return undefined;
    const deciding = { context, applicant, decision, call };
    if (decision.state === 'issued') {
      const short = await agree(sql, deciding);
      if (short !== undefined) return short;
    }
    await decide(sql, deciding);
    return 'decided';
  });
  await context.state?.refresh();
  const applicant = outcome && (await readApplicant(context.database, decision.id));
  return outcome && applicant && { outcome, applicant };
}

interface Deciding {
  readonly context: SandboxContext;
  readonly applicant: SandboxApplicant;
  readonly decision: ApplicationDecision;
  readonly call: SandboxCall;
}

/** Writes that somebody agrees; undefined once that is enough. */
async function agree(sql: Sql, deciding: Deciding): Promise<'agreed' | 'same-person' | undefined> {
  const { context, applicant, decision, call } = deciding;
  const { by, reason } = decision;
  const before = await readApprovals(sql, [applicant.id]);
  const isNew = !before.some(({ subject }) => isSamePerson(subject, by.subject));
  if (isNew) await insertApproval(sql, { applicantId: applicant.id, ...by, reason, at: call.now });
  if (before.length + (isNew ? 1 : 0) >= context.approvals) return undefined;
  if (!isNew) return 'same-person';
  await insertAuditEvents(sql, [eventOf(deciding, { kind: 'sandbox-approved', outcome: 'done' })]);
  return 'agreed';
}

async function decide(sql: Sql, deciding: Deciding): Promise<void> {
  const { context, applicant, decision, call } = deciding;
  const { id, state, by, reason } = decision;
  await decideApplicant(sql, { id, state, by: by.subject, reason, at: call.now });
  const outcome = state === 'issued' ? 'done' : 'refused';
  await insertAuditEvents(sql, [eventOf(deciding, { kind: 'sandbox-decided', outcome })]);
  await tellDecided(sql, deciding);
  if (state === 'refused' || applicant.requests === undefined) return;
  const website = parseCertificationRequest(applicant.requests.website);
  const seal = parseCertificationRequest(applicant.requests.seal);
  await issueAndRecord(sql, context, { applicant, requests: { website, seal }, call });
}

async function tellDecided(sql: Sql, { context, applicant, decision, call }: Deciding): Promise<void> {
  const { channels, place } = context;
  const reason = decision.reason === undefined ? {} : { reason: decision.reason };
  const notice = {
    applicantId: applicant.id,
    kind: decision.state === 'issued' ? ('sandbox-agreed' as const) : ('sandbox-refused' as const),
    at: call.now,
    content: contentFor(applicant, { ...reason, page: ownerPage(place) }),
  };
  await insertApplicantNotice(sql, notice, channels);
}

function eventOf({ applicant, decision, call }: Deciding, event: Pick<AuditEvent, 'kind' | 'outcome'>): AuditEvent {
  const { state, by, reason, form } = decision;
  const { organizationName } = applicant;
  return {
    ...event,
    at: call.now,
    brand: applicant.brand,
    environment: 'sandbox',
    organizationIdentifier: applicant.organizationIdentifier,
    correlationId: call.correlationId,
    detail: {
      applicant: applicant.id,
      organizationName,
      state,
      by: by.subject,
      name: by.name,
      ...(reason === undefined ? {} : { reason }),
      ...(form === undefined ? {} : { form }),
    },
  };
}
