import type { Sql } from './database.js';

/** Who has agreed to a request for test certificates. */
export interface SandboxApproval {
  readonly applicantId: string;
  readonly subject: string;
  readonly name: string;
  readonly reason: string | undefined;
  readonly at: Date;
}

/** Writes that somebody has agreed who had not before. */
export async function insertApproval(sql: Sql, approval: SandboxApproval): Promise<void> {
  await sql.query(
    'insert into sandbox_approval (applicant_id, subject, name, reason, approved_at) values ($1, $2, $3, $4, $5)',
    [approval.applicantId, approval.subject, approval.name, approval.reason ?? null, approval.at],
  );
}

/** Who has agreed to these requests, in the order in which they did. */
export async function readApprovals(sql: Sql, applicantIds: readonly string[]): Promise<readonly SandboxApproval[]> {
  const rows = await sql.query<ApprovalRow>(
    'select * from sandbox_approval where applicant_id = any($1::uuid[]) order by approved_at, subject',
    [applicantIds],
  );
  return rows.map((row) => ({
    applicantId: row.applicant_id,
    subject: row.subject,
    name: row.name,
    reason: row.reason ?? undefined,
    at: row.approved_at,
  }));
}

interface ApprovalRow {
  readonly applicant_id: string;
  readonly subject: string;
  readonly name: string;
  readonly reason: string | null;
  readonly approved_at: Date;
}
