import { organizationStandingOf } from '@postern/core/qualification/organization-standing.js';
import { insertAuditEvents } from '../audit/audit-event.js';
import { insertDecision } from '../audit/insert-decision.js';
import type { Sql } from '../store/database.js';
import { insertNotice } from '../store/notices.js';
import { type OrganizationChange, readSuspended, writeOrganizationStanding } from '../store/organization-standing.js';
import type { Judged, WatchSettings } from './watch-settings.js';

/**
 * Suspends an organisation that the register no longer authorises, or restores one that it authorises again: standing, decision,
 * audit event and notices in one transaction. Nothing happens when the register does not tell, or a newer one was judged by.
 * Answers whether the register told.
 */
export async function recordOrganization(
  settings: WatchSettings,
  judged: Judged,
  before: 'active' | 'suspended' | undefined,
): Promise<boolean> {
  const { evidence, qualification, id } = judged.decision;
  const { state, finding } = organizationStandingOf(qualification.findings);
  if (state === 'unknown' || !evidence.register.available) return false;
  const after = state === 'lost' ? 'suspended' : 'active';
  if (after === (before ?? 'active')) return true;
  const change: OrganizationChange = {
    organizationIdentifier: judged.organizationIdentifier,
    state: after,
    at: qualification.at,
    code: finding === undefined ? undefined : 'CERTIFICATE_BLOCKED',
    reason: finding === undefined ? undefined : `${finding.title}: found ${finding.found}`,
    decisionId: id,
    registerPublishedAt: evidence.register.publishedAt,
  };
  await settings.database.transaction((sql) => writeChange(sql, { settings, judged, change }));
  return true;
}

interface Writing {
  readonly settings: WatchSettings;
  readonly judged: Judged;
  readonly change: OrganizationChange;
}

async function writeChange(sql: Sql, { settings, judged, change }: Writing): Promise<void> {
  if (!(await writeOrganizationStanding(sql, change))) return;
  const { organizationIdentifier, at, reason = '' } = change;
  const suspended = change.state === 'suspended';
  const { clients, grants } = await readSuspended(sql, organizationIdentifier);
  await insertDecision(sql, judged.decision);
  await insertAuditEvents(sql, [
    {
      at,
      kind: suspended ? 'organization-suspended' : 'organization-restored',
      outcome: 'done',
      code: suspended ? 'CERTIFICATE_BLOCKED' : undefined,
      organizationIdentifier,
      thumbprint: judged.thumbprint,
      decisionId: change.decisionId,
      correlationId: change.decisionId,
      detail: { clients, grants, reason, registerPublishedAt: change.registerPublishedAt.toISOString() },
    },
  ]);
  const detail = { decision: change.decisionId, ...(suspended ? { code: 'CERTIFICATE_BLOCKED', reason } : {}) };
  await insertNotice(
    sql,
    { organizationIdentifier, kind: suspended ? 'suspended' : 'restored', at, detail },
    settings.channels,
  );
}
