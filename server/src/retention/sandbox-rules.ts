import type { Sql } from '../store/database.js';
import { raiseSandboxVersion } from '../store/sandbox.js';
import { daysBefore } from './retention-settings.js';
import type { SweepLimits, SweepRule } from './sweep-rule.js';

/** Test certificates of the sandboxes and who asked for them. In this order. */
export const sandboxRules: readonly SweepRule[] = [
  { kind: 'sandbox-certificate', sweep: sweepCertificates },
  { kind: 'sandbox-applicant', sweep: sweepApplicants },
];

/** Those that were issued broken serve a week, and are the most. */
async function sweepCertificates(sql: Sql, { retention, now, most }: SweepLimits): Promise<number> {
  const rows = await sql.query<{ serial_number: string }>(
    `select serial_number from sandbox_certificate
     where not_after < case when defect is null then $1::timestamptz else $2::timestamptz end
     order by not_after limit $3 for update skip locked`,
    [daysBefore(now, retention.certificateDays), daysBefore(now, retention.spentDays), most],
  );
  const serialNumbers = rows.map(({ serial_number }) => serial_number);
  for (const table of ['sandbox_warning', 'sandbox_certificate'])
    await sql.query(`delete from ${table} where serial_number = any($1::text[])`, [serialNumbers]);
  if (rows.length > 0) await raiseSandboxVersion(sql);
  return rows.length;
}

/**
 * Decided on long ago and without certificates, unless a living client is theirs. Their keys go with them: from then on nobody has
 * them. What waits stays until somebody decides.
 */
async function sweepApplicants(sql: Sql, { retention, now, most }: SweepLimits): Promise<number> {
  const rows = await sql.query<{ id: string }>(
    `select id from sandbox_applicant where requested_at < $1 and decided_at < $1
       and not exists (select 1 from sandbox_certificate where applicant_id = sandbox_applicant.id)
       and not exists (select 1 from client where ended_at is null
         and client.organization_identifier = sandbox_applicant.organization_identifier)
     order by requested_at limit $2 for update skip locked`,
    [daysBefore(now, retention.certificateDays), most],
  );
  const ids = rows.map(({ id }) => id);
  await sql.query('delete from sandbox_key where applicant_id = any($1::uuid[])', [ids]);
  await sql.query('delete from sandbox_applicant where id = any($1::uuid[])', [ids]);
  if (ids.length > 0) await raiseSandboxVersion(sql);
  return ids.length;
}
