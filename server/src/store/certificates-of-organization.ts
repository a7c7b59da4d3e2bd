import type { Sql } from './database.js';

/** A certificate that an organisation came with or registered, and how it stands. */
export interface KnownCertificate {
  readonly thumbprint: string;
  readonly use: 'website' | 'seal';
  readonly firstSeenAt: Date;
  /** Unknown of certificates that were kept before their end was. */
  readonly notAfter: Date | undefined;
  /** Undefined: as on the day it was first seen. */
  readonly state: 'good' | 'ended' | undefined;
  readonly code: string | undefined;
  readonly reason: string | undefined;
  /** Of the warnings before its end, those that were given: days. */
  readonly warned: readonly number[];
}

const most = 200;

/** The certificates of an organisation, newest first, at most two hundred. */
export async function readCertificatesOfOrganization(
  sql: Sql,
  organizationIdentifier: string,
): Promise<readonly KnownCertificate[]> {
  const rows = await sql.query<CertificateRow>(
    `select certificate.thumbprint, certificate.first_seen_at, certificate.not_after, certificate.path is null as seal,
       standing.state, standing.code, standing.reason,
       (select json_agg(days order by days desc) from certificate_warning
        where certificate_warning.thumbprint = certificate.thumbprint) as warned
     from certificate left join certificate_standing as standing on standing.thumbprint = certificate.thumbprint
     where certificate.organization_identifier = $1 order by certificate.first_seen_at desc, certificate.thumbprint limit ${most}`,
    [organizationIdentifier],
  );
  return rows.map((row) => ({
    thumbprint: row.thumbprint,
    use: row.seal ? 'seal' : 'website',
    firstSeenAt: row.first_seen_at,
    notAfter: row.not_after ?? undefined,
    state: row.state ?? undefined,
    code: row.code ?? undefined,
    reason: row.reason ?? undefined,
    warned: row.warned ?? [],
  }));
}

interface CertificateRow {
  readonly thumbprint: string;
  readonly first_seen_at: Date;
  readonly not_after: Date | null;
  readonly seal: boolean;
  readonly state: 'good' | 'ended' | null;
  readonly code: string | null;
  readonly reason: string | null;
  readonly warned: readonly number[] | null;
}
