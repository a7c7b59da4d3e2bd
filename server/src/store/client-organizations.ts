import type { Certificate } from '@postern/core/certificate/certificate.js';
import type { Organization } from '@postern/core/qualification/qualification.js';
import type { Sql } from './database.js';

/**
 * Enters an organisation, or its legal name anew where the register has changed it. Takes no lock when nothing changes.
 * True when it was not there.
 */
export async function upsertOrganization(sql: Sql, organization: Organization, now: Date): Promise<boolean> {
  const [row] = await sql.query<{ entered: boolean }>(
    `with entered as (
       insert into organization (identifier, legal_name, first_seen_at) values ($1, $2, $3)
       on conflict (identifier) do nothing returning identifier
     ), renamed as (
       update organization set legal_name = $2 where identifier = $1 and legal_name <> $2
     )
     select exists (select 1 from entered) as entered`,
    [organization.identifier, organization.legalName, now],
  );
  return row?.entered ?? false;
}

/** Keeps certificates of an organisation that is there, each once, in the order given. */
export async function enterCertificates(
  sql: Sql,
  certificates: readonly Pick<Certificate, 'thumbprint' | 'der' | 'notAfter'>[],
  seen: { readonly organizationIdentifier: string; readonly at: Date },
): Promise<void> {
  if (certificates.length === 0) return;
  await sql.query(
    `insert into certificate (thumbprint, der, organization_identifier, first_seen_at, not_after)
     select thumbprint, der, $4, $5, not_after
     from unnest($1::text[], $2::bytea[], $3::timestamptz[]) with ordinality as given (thumbprint, der, not_after, position)
     order by position on conflict (thumbprint) do nothing`,
    [
      certificates.map(({ thumbprint }) => thumbprint),
      certificates.map(({ der }) => Buffer.from(der)),
      certificates.map(({ notAfter }) => notAfter),
      seen.organizationIdentifier,
      seen.at,
    ],
  );
}
