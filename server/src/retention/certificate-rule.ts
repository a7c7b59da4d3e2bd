import type { Sql } from '../store/database.js';
import { daysBefore } from './retention-settings.js';
import type { SweepRule } from './sweep-rule.js';

/**
 * Certificates that ended long ago. Kept all the same: the seal of a living client, whose standing says why it signs nothing any
 * more, and one that no recorded decision holds, because the audit names it.
 */
export const certificateRule: SweepRule = {
  kind: 'certificate',
  sweep: async (sql, { retention, now, most }) => {
    const { certificateDays, auditDays } = retention;
    await fillEnds(sql);
    const rows = await sql.query<{ thumbprint: string }>(ended, [
      daysBefore(now, certificateDays),
      most,
      auditDays === undefined ? null : daysBefore(now, Math.max(auditDays, certificateDays)),
    ]);
    const thumbprints = rows.map(({ thumbprint }) => thumbprint);
    for (const table of ['certificate_warning', 'certificate_standing', 'certificate'])
      await sql.query(`delete from ${table} where thumbprint = any($1::text[])`, [thumbprints]);
    return thumbprints.length;
  },
};

const ended = `
  select thumbprint from certificate
  where not_after < $1
    and not exists (select 1 from client_key join client using (client_id)
      where client_key.kid = certificate.thumbprint and client.ended_at is null)
    and (exists (select 1 from decision where decision.thumbprint = certificate.thumbprint)
      or not_after < $3::timestamptz)
  order by not_after limit $2 for update skip locked`;

/** Rows of before the column: the watch has found out meanwhile when they end. */
async function fillEnds(sql: Sql): Promise<void> {
  await sql.query(
    `update certificate set not_after = standing.not_after from certificate_standing as standing
     where standing.thumbprint = certificate.thumbprint and certificate.not_after is null`,
  );
}
