import type { Sql } from './database.js';
import { isUnseen } from './notices.js';

/** Test certificates of one applicant that end at the same time. */
export interface EndingTestCertificates {
  readonly applicantId: string;
  readonly brand: string;
  readonly organizationIdentifier: string;
  readonly organizationName: string;
  readonly contact: string;
  readonly notAfter: Date;
  readonly serialNumbers: readonly string[];
  /** Nobody of the bank has looked at who asked. */
  readonly unseen: boolean;
}

/** Those without a successor of their kind that are not revoked, end in the window, and were not warned of so many days before. */
export async function readEndingTestCertificates(
  sql: Sql,
  window: { readonly after: Date; readonly until: Date; readonly days: number },
): Promise<readonly EndingTestCertificates[]> {
  const rows = await sql.query<EndingRow>(
    `select applicant.id, applicant.brand, organization_identifier, organization_name, contact, ending.not_after,
       array_agg(ending.serial_number order by ending.serial_number) as serial_numbers,
       ${isUnseen('applicant.organization_identifier')} as unseen
     from sandbox_certificate as ending join sandbox_applicant as applicant on applicant.id = ending.applicant_id
     where ending.not_after > $1 and ending.not_after <= $2 and ending.state <> 'revoked' and ending.defect is null
       and not exists (select 1 from sandbox_certificate as later where later.applicant_id = ending.applicant_id
         and later.kind = ending.kind and later.defect is null and later.issued_at > ending.issued_at)
       and not exists (select 1 from sandbox_warning as warned
         where warned.serial_number = ending.serial_number and warned.days = $3)
     group by applicant.id, ending.not_after order by ending.not_after limit 1000`,
    [window.after, window.until, window.days],
  );
  return rows.map((row) => ({
    applicantId: row.id,
    brand: row.brand,
    organizationIdentifier: row.organization_identifier,
    organizationName: row.organization_name,
    contact: row.contact,
    notAfter: row.not_after,
    serialNumbers: row.serial_numbers,
    unseen: row.unseen,
  }));
}

/** Notes a warning as given; false when it had been given before. */
export async function writeTestWarnings(
  sql: Sql,
  warning: { readonly serialNumbers: readonly string[]; readonly days: number; readonly at: Date },
): Promise<boolean> {
  const rows = await sql.query(
    `insert into sandbox_warning (serial_number, days, warned_at) select serial_number, $2, $3
     from unnest($1::text[]) as serial_number on conflict do nothing returning serial_number`,
    [warning.serialNumbers, warning.days, warning.at],
  );
  return rows.length > 0;
}

interface EndingRow {
  readonly id: string;
  readonly brand: string;
  readonly organization_identifier: string;
  readonly organization_name: string;
  readonly contact: string;
  readonly not_after: Date;
  readonly serial_numbers: readonly string[];
  readonly unseen: boolean;
}
