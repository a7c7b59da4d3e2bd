import { Refusal } from '@postern/core/refusal/refusal.js';
import { type AuditEvent, insertAuditEvents } from '../audit/audit-event.js';
import { isSame } from '../http/keyed-text.js';
import { hashSecret } from '../http/secret.js';
import type { Sql } from '../store/database.js';
import {
  type IssuedCertificate,
  lockApplicant,
  raiseSandboxVersion,
  readApplicant,
  readCertificatesOf,
  type SandboxApplicant,
  updateCertificateState,
  updateRegisterState,
} from '../store/sandbox.js';
import { countChange, countRequest } from './count-requests.js';
import { issueAndRecord } from './issue-and-record.js';
import {
  parseRelease,
  parseRenewal,
  parseRevocation,
  parseStanding,
  requireNoForeignIdentifier,
} from './parse-request.js';
import { type RenderedApplicant, renderApplicant } from './render-applicant.js';
import { requireFreshKeys, requireKeyEach } from './require-fresh-keys.js';
import type { SandboxCall, SandboxContext } from './sandbox-context.js';

/** A call of whoever was given the secret. */
export interface OwnerCall extends SandboxCall {
  readonly id: string;
  readonly authorization: string | undefined;
  readonly body: Uint8Array;
}

const certificateHold = 6;

/** What the owner may do beside reading. */
export const ownerActions = {
  /** Revokes a certificate for good, or holds it. */
  revoke: async (change, call) => {
    const { serialNumber, reason } = parseRevocation(call.body);
    const held = reason === certificateHold;
    const to = held ? ('held' as const) : ('revoked' as const);
    const from = held ? (['good'] as const) : (['good', 'held'] as const);
    await changeStatus(change, { serialNumber, reason, from, to, at: call.now });
  },
  /** Lets a held certificate count again. */
  release: async (change, call) => {
    const serialNumber = parseRelease(call.body);
    await changeStatus(change, { serialNumber, reason: 0, from: ['held'], to: 'good', at: call.now });
  },
  /** Suspends, withdraws or restores the organisation in the register of the sandbox. */
  register: async ({ sql, applicant, record }, call) => {
    const state = parseStanding(call.body);
    await updateRegisterState(sql, applicant.id, state);
    await record('sandbox-register-changed', { before: applicant.registerState, after: state });
  },
  /** Issues certificates over new requests; those there are stay as they are. */
  renew: async ({ sql, applicant, context }, call) => {
    const requests = parseRenewal(call.body);
    const all = Object.values(requests);
    for (const request of all) requireNoForeignIdentifier(request, applicant.organizationIdentifier);
    requireKeyEach(requests, await readCertificatesOf(sql, applicant.id));
    await requireFreshKeys(sql, { context, applicant, requests: all });
    await issueAndRecord(sql, context, { applicant, requests, call });
  },
} satisfies Record<string, (change: Change, call: OwnerCall) => Promise<void>>;

export interface Change {
  readonly sql: Sql;
  readonly context: SandboxContext;
  readonly applicant: SandboxApplicant;
  readonly record: (kind: AuditEvent['kind'], detail: NonNullable<AuditEvent['detail']>) => Promise<void>;
}

export interface Owned {
  readonly applicant: SandboxApplicant;
  /** Newest first. */
  readonly certificates: readonly IssuedCertificate[];
}

/** The applicant and its certificates. Throws Refusal NOT_FOUND to everybody but the owner. */
export async function readOwned(
  context: SandboxContext,
  call: Pick<OwnerCall, 'id' | 'authorization'>,
): Promise<Owned> {
  const applicant = await findOwner(context, call);
  return { applicant, certificates: await readCertificatesOf(context.database, applicant.id) };
}

/** The same as the interface answers it. */
export async function readAsOwner(context: SandboxContext, call: OwnerCall): Promise<RenderedApplicant> {
  const { applicant, certificates } = await readOwned(context, call);
  return renderApplicant(applicant, certificates);
}

/** Does one of the owner's actions as a whole, and answers what stands then. Throws Refusal. */
export async function changeAsOwner(
  context: SandboxContext,
  action: keyof typeof ownerActions,
  call: OwnerCall,
): Promise<RenderedApplicant> {
  if (action === 'renew') await countOwned(context, call);
  else await countChange(context, (await findOwner(context, call)).id, call.now);
  await asOwner(context, call, async (change) => {
    await ownerActions[action](change, call);
    if (action !== 'renew') await raiseSandboxVersion(change.sql);
  });
  return readAsOwner(context, call);
}

/** Counts what an owner has issued. Throws Refusal NOT_FOUND to everybody else, and RATE_LIMITED. */
export async function countOwned(context: SandboxContext, call: OwnerCall): Promise<void> {
  const owner = await findOwner(context, call);
  await countRequest(context, `applicant ${owner.id}`, call.now);
}

/** What a change of an owner goes by, and what it leaves behind. */
export async function asOwner<Result>(
  context: SandboxContext,
  call: OwnerCall,
  work: (change: Change) => Promise<Result>,
): Promise<Result> {
  const result = await context.database.transaction(async (sql) => {
    const applicant = requireOwner(await lockApplicant(sql, call.id), context, call);
    if (applicant.state !== 'issued')
      throw new Refusal('REQUEST_MALFORMED', `Nothing can be changed: the request is ${applicant.state}.`);
    return work({ sql, context, applicant, record: recorder(sql, applicant, call) });
  });
  await context.state?.refresh();
  return result;
}

async function findOwner(
  context: SandboxContext,
  call: Pick<OwnerCall, 'id' | 'authorization'>,
): Promise<SandboxApplicant> {
  return requireOwner(await readApplicant(context.database, call.id), context, call);
}

function requireOwner(
  applicant: SandboxApplicant | undefined,
  { place }: SandboxContext,
  { authorization }: Pick<OwnerCall, 'authorization'>,
): SandboxApplicant {
  const secret = /^Bearer ([\w-]{20,100})$/i.exec(authorization ?? '')?.[1] ?? '';
  const isOwner = applicant !== undefined && isSame(applicant.secretHash, hashSecret(secret));
  if (isOwner && applicant.brand === place.brand) return applicant;
  throw new Refusal('NOT_FOUND', 'There is no such request of yours: its id and its secret belong together.');
}

async function changeStatus(
  { sql, applicant, record }: Change,
  change: {
    serialNumber: string;
    reason: number;
    from: readonly ('good' | 'held')[];
    to: 'good' | 'held' | 'revoked';
    at: Date;
  },
): Promise<void> {
  if (!(await updateCertificateState(sql, { ...change, applicantId: applicant.id }))) {
    throw new Refusal(
      'REQUEST_MALFORMED',
      `You have no certificate with this serial number that is ${change.from.join(' or ')}.`,
    );
  }
  const { serialNumber, to, reason } = change;
  await record('sandbox-certificate-changed', { serialNumber, state: to, reason });
}

function recorder(sql: Sql, applicant: SandboxApplicant, { now, correlationId }: SandboxCall): Change['record'] {
  return (kind, detail) =>
    insertAuditEvents(sql, [
      {
        at: now,
        kind,
        outcome: 'done',
        brand: applicant.brand,
        environment: 'sandbox',
        organizationIdentifier: applicant.organizationIdentifier,
        correlationId,
        detail: { applicant: applicant.id, ...detail },
      },
    ]);
}
