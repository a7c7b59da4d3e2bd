import type { IntendedUse } from '@postern/core/qualification/evidence.js';
import type { Sql } from './database.js';

/** A certificate in good standing that ends soon. */
export interface EndingCertificate {
  readonly thumbprint: string;
  readonly organizationIdentifier: string;
  readonly notAfter: Date;
  readonly use: IntendedUse;
}

/** Those of organisations with live clients that end between now and the horizon. */
export async function readEndingCertificates(
  sql: Sql,
  now: Date,
  horizon: Date,
): Promise<readonly EndingCertificate[]> {
  const rows = await sql.query<EndingRow>(
    `select certificate.thumbprint, certificate.organization_identifier, standing.not_after,
       bool_or(client_key.kid is not null) as seal
     from certificate_standing as standing
     join certificate on certificate.thumbprint = standing.thumbprint
     join client on client.organization_identifier = certificate.organization_identifier and client.ended_at is null
     left join client_key on client_key.client_id = client.client_id and client_key.kid = certificate.thumbprint
     where standing.state = 'good' and standing.not_after > $1 and standing.not_after <= $2
     group by certificate.thumbprint, certificate.organization_identifier, standing.not_after`,
    [now, horizon],
  );
  return rows.map((row) => ({
    thumbprint: row.thumbprint,
    organizationIdentifier: row.organization_identifier,
    notAfter: row.not_after,
    use: row.seal ? 'seal' : 'website',
  }));
}

/** Notes warnings as given; answers those that had not been given before. */
export async function writeWarnings(
  sql: Sql,
  warning: { readonly thumbprint: string; readonly days: readonly number[]; readonly at: Date },
): Promise<readonly number[]> {
  const rows = await sql.query<{ days: number }>(
    `insert into certificate_warning (thumbprint, days, warned_at) select $1, days, $3 from unnest($2::int[]) as days
     on conflict do nothing returning days`,
    [warning.thumbprint, warning.days, warning.at],
  );
  return rows.map(({ days }) => days);
}

interface EndingRow {
  readonly thumbprint: string;
  readonly organization_identifier: string;
  readonly not_after: Date;
  readonly seal: boolean;
}
