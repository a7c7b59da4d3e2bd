import type { Decision, QualifiedPeer } from '../decision.js';
import { enterCertificates, upsertOrganization } from '../store/client-organizations.js';
import type { Sql } from '../store/database.js';

/**
 * Enters the organisation and its sealing certificates, each where it is new, and with a new organisation the certificate of
 * the connection. Another certificate of a known organisation is entered by the watch, which tells of its first use.
 */
export async function insertCertificates(
  sql: Sql,
  { peer, now }: { readonly peer: QualifiedPeer; readonly now: Date },
  seals: readonly Decision[] = [],
): Promise<void> {
  const seen = { organizationIdentifier: peer.organization.identifier, at: now };
  const isNew = await upsertOrganization(sql, peer.organization, now);
  const certificates = [...(isNew ? [peer.certificate] : []), ...seals.map(({ evidence }) => evidence.certificate)];
  // In one order everywhere, so that two requests with the same new certificates do not wait for each other.
  await enterCertificates(
    sql,
    certificates.toSorted((a, b) => (a.thumbprint < b.thumbprint ? -1 : 1)),
    seen,
  );
}
