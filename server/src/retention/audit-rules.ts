import { insertAuditEvents } from '../audit/audit-event.js';
import type { Sql } from '../store/database.js';
import { createUuid } from '../store/uuid.js';
import { daysBefore } from './retention-settings.js';
import type { SweepLimits, SweepRule } from './sweep-rule.js';

/** The audit and what it refers to: for ever, unless the configuration says for how long. In this order. */
export const auditRules: readonly SweepRule[] = [
  { kind: 'audit-event', sweep: ifConfigured(sweepEvents) },
  { kind: 'decision', sweep: ifConfigured(sweepDecisions) },
  { kind: 'consent-grant', sweep: ifConfigured(sweepGrants) },
];

type Sweep = (sql: Sql, cutoff: Date, limits: SweepLimits) => Promise<number>;

function ifConfigured(sweep: Sweep): SweepRule['sweep'] {
  return async (sql, limits) => {
    const { auditDays } = limits.retention;
    return auditDays === undefined ? 0 : sweep(sql, daysBefore(limits.now, auditDays), limits);
  };
}

/** What is deleted from the audit is itself told there. */
async function sweepEvents(sql: Sql, cutoff: Date, { now, most }: SweepLimits): Promise<number> {
  const rows = await sql.query(
    `delete from audit_event where id = any(array(
       select id from audit_event where at < $1 order by at limit $2 for update skip locked)) returning 1`,
    [cutoff, most],
  );
  const detail = { events: rows.length, before: cutoff.toISOString() };
  if (rows.length > 0)
    await insertAuditEvents(sql, [
      { at: now, kind: 'audit-expired', outcome: 'done', correlationId: createUuid(now), detail },
    ]);
  return rows.length;
}

/** Not those that an event which stays, or the standing of an organisation or certificate, names. */
async function sweepDecisions(sql: Sql, cutoff: Date, { most }: SweepLimits): Promise<number> {
  const rows = await sql.query(
    `delete from decision where id = any(array(
       select id from decision where at < $1
         and not exists (select 1 from audit_event where audit_event.decision_id = decision.id)
         and not exists (select 1 from organization_standing where organization_standing.decision_id = decision.id)
         and not exists (select 1 from certificate_standing where certificate_standing.decision_id = decision.id)
       order by at limit $2 for update skip locked)) returning 1`,
    [cutoff, most],
  );
  return rows.length;
}

/** Events name grants, and only the grant says whose it was: it goes when the events of its life are gone. */
async function sweepGrants(sql: Sql, cutoff: Date, { most }: SweepLimits): Promise<number> {
  const rows = await sql.query<{ id: string }>(
    `select id from consent_grant where least(ended_at, expires_at) < $1
     order by least(ended_at, expires_at) limit $2 for update skip locked`,
    [cutoff, most],
  );
  const ids = rows.map(({ id }) => id);
  for (const table of ['authorization_code', 'refresh_token'])
    await sql.query(`delete from ${table} where grant_id = any($1::uuid[])`, [ids]);
  await sql.query('delete from consent_grant where id = any($1::uuid[])', [ids]);
  return ids.length;
}
