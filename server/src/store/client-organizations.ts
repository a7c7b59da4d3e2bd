import type { Certificate } from '@postern/core/certificate/certificate.js';
import type { Organization } from '@postern/core/qualification/qualification.js';
import type { Sql } from './database.js';

/**
 * Enters an organisation, or its legal name anew where the register has changed it. Takes no lock when nothing changes.
 * True when it was not there.
 */
export async function upsertOrganization(sql: Sql, organization: Organization, now: Date): Promise<boolean> {
  const entered = await sql.query(
    `insert into organization (identifier, legal_name, first_seen_at) values ($1, $2, $3)
     on conflict (identifier) do nothing returning identifier`,
    [organization.identifier, organization.legalName, now],
  );
  await sql.query('update organization set legal_name = $2 where identifier = $1 and legal_name <> $2', [
    organization.identifier,
    organization.legalName,
  ]);
  return entered.length > 0;
}

/** Keeps a certificate of an organisation that is there, once. */
export async function insertCertificate(
  sql: Sql,
  certificate: Pick<Certificate, 'thumbprint' | 'der' | 'notAfter'>,
  seen: { readonly organizationIdentifier: string; readonly at: Date },
): Promise<void> {
  await sql.query(
    `insert into certificate (thumbprint, der, organization_identifier, first_seen_at, not_after)
     values ($1, $2, $3, $4, $5) on conflict (thumbprint) do nothing`,
    [certificate.thumbprint, Buffer.from(certificate.der), seen.organizationIdentifier, seen.at, certificate.notAfter],
  );
}
