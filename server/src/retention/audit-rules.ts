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
  const events = await expire(sql, 'expire_audit_events', [cutoff, most]);
  const detail = { events, before: cutoff.toISOString() };
  if (events > 0)
    await insertAuditEvents(sql, [
      { at: now, kind: 'audit-expired', outcome: 'done', correlationId: createUuid(now), detail },
    ]);
  return events;
}

/** Not those that an event which stays, or the standing of an organisation or certificate, names. */
function sweepDecisions(sql: Sql, cutoff: Date, { most }: SweepLimits): Promise<number> {
  return expire(sql, 'expire_decisions', [cutoff, most]);
}

/** By a function of the store, because the server's own role may have no right to delete there (decision 37). */
async function expire(
  sql: Sql,
  name: 'expire_audit_events' | 'expire_decisions',
  values: readonly [before: Date, most: number],
): Promise<number> {
  const [row] = await sql.query<{ expired: number }>(
    `select ${name}($1::timestamptz, $2::integer)::int as expired`,
    values,
  );
  return row?.expired ?? 0;
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
