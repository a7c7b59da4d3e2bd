import type { IntendedUse } from '@postern/core/qualification/evidence.js';
import { createWeakPool } from '../weak-pool.js';
import type { Sql } from './database.js';

/** A certificate of an organisation with live clients: registered for signatures, or used for website access. */
export interface WatchedCertificate {
  readonly thumbprint: string;
  readonly organizationIdentifier: string;
  readonly use: IntendedUse;
  /** As it stands in the store; undefined while nobody has judged it again. */
  readonly state: 'good' | 'ended' | undefined;
  readonly goodUntil: Date | undefined;
  readonly organizationState: 'active' | 'suspended' | undefined;
}

/**
 * Every certificate there is to watch: seals that a client has registered, and those that came to the door with their path. A
 * seal that no client registers any more is neither. An expired one that has ended is watched no more. */
export async function readWatchedCertificates(sql: Sql): Promise<readonly WatchedCertificate[]> {
  const rows = await sql.query<WatchedRow>(
    `select certificate.thumbprint, certificate.organization_identifier, bool_or(client_key.kid is not null) as seal,
       standing.state, standing.good_until, organization_standing.state as organization_state
     from certificate
     join client on client.organization_identifier = certificate.organization_identifier and client.ended_at is null
     left join client_key on client_key.client_id = client.client_id and client_key.kid = certificate.thumbprint
     left join certificate_standing as standing on standing.thumbprint = certificate.thumbprint
     left join organization_standing
       on organization_standing.organization_identifier = certificate.organization_identifier
     group by certificate.thumbprint, certificate.organization_identifier, standing.state, standing.good_until,
       organization_standing.state
     having bool_or(client_key.kid is not null) or certificate.path is not null
     order by certificate.thumbprint`,
  );
  return rows.map((row) => ({
    thumbprint: row.thumbprint,
    organizationIdentifier: row.organization_identifier,
    use: row.seal ? 'seal' : 'website',
    state: row.state ?? undefined,
    goodUntil: row.good_until ?? undefined,
    organizationState: row.organization_state ?? undefined,
  }));
}

/** The certificates as they were presented, end entity first; those that are not there are left out. */
export async function readPresentedPaths(
  sql: Sql,
  thumbprints: readonly string[],
): Promise<ReadonlyMap<string, readonly Uint8Array[]>> {
  const rows = await sql.query<{ thumbprint: string; der: Uint8Array; others: readonly string[] | null }>(
    `select thumbprint, der, coalesce(path, (select x5c from client_key where kid = thumbprint limit 1) - 0) as others
     from certificate where thumbprint = any($1::text[])`,
    [thumbprints],
  );
  return new Map(
    rows.map(({ thumbprint, der, others }) => [thumbprint, [new Uint8Array(der), ...(others ?? []).map(readIssuer)]]),
  );
}

const issuers = createWeakPool<Uint8Array>();

/** The same octets for all whom it issued for. */
function readIssuer(text: string): Uint8Array {
  return issuers(text, () => new Uint8Array(Buffer.from(text, 'base64')));
}

/** A change of how a certificate stands, with what it was decided on. */
export interface CertificateChange {
  readonly thumbprint: string;
  readonly state: 'good' | 'ended';
  readonly at: Date;
  readonly goodUntil: Date;
  readonly code: string | undefined;
  readonly reason: string | undefined;
  readonly decisionId: string;
  readonly statusReceivedAt: Date;
  readonly listsIssuedAt: Date;
  /** Of the lists that were judged by: territory → sequence number. */
  readonly listSequences: Readonly<Record<string, number>>;
  readonly notAfter: Date;
  /** A revocation that is no hold: nothing that is said later makes it good again. */
  readonly final: boolean;
}

/** False, and nothing written, when it stands so already or was judged by newer evidence: of many nodes one writes. */
export async function writeCertificateStanding(sql: Sql, change: CertificateChange): Promise<boolean> {
  const rows = await sql.query(
    `insert into certificate_standing
       (thumbprint, state, since, good_until, code, reason, decision_id, status_received_at, lists_issued_at, not_after,
        final, list_sequences)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (thumbprint) do update set state = excluded.state, since = excluded.since,
       good_until = excluded.good_until, code = excluded.code, reason = excluded.reason,
       decision_id = excluded.decision_id, status_received_at = excluded.status_received_at,
       lists_issued_at = excluded.lists_issued_at, final = excluded.final,
       list_sequences = excluded.list_sequences
     where certificate_standing.state <> excluded.state
       and certificate_standing.status_received_at <= excluded.status_received_at
       and certificate_standing.lists_issued_at <= excluded.lists_issued_at
       and not exists (select from jsonb_each_text(certificate_standing.list_sequences) as known (territory, sequence)
         where sequence::bigint > (excluded.list_sequences ->> territory)::bigint)
       and not (certificate_standing.state = 'ended' and certificate_standing.final)
     returning thumbprint`,
    [
      change.thumbprint,
      change.state,
      change.at,
      change.goodUntil,
      change.code ?? null,
      change.reason ?? null,
      change.decisionId,
      change.statusReceivedAt,
      change.listsIssuedAt,
      change.notAfter,
      change.final,
      JSON.stringify(change.listSequences),
    ],
  );
  return rows.length > 0;
}

/** Lets a good certificate count longer; never shorter, whichever node knew less. */
export async function prolongCertificateStanding(
  sql: Sql,
  { thumbprint, goodUntil, statusReceivedAt }: Pick<CertificateChange, 'thumbprint' | 'goodUntil' | 'statusReceivedAt'>,
): Promise<void> {
  await sql.query(
    `update certificate_standing set good_until = $2, status_received_at = greatest(status_received_at, $3)
     where thumbprint = $1 and state = 'good' and good_until < $2`,
    [thumbprint, goodUntil, statusReceivedAt],
  );
}

/** Certificates that have ended before their time, of which every node must know: thumbprint → code and reason. */
export async function readEndedCertificates(
  sql: Sql,
  now: Date,
): Promise<ReadonlyMap<string, { readonly code: string; readonly reason: string }>> {
  const rows = await sql.query<{ thumbprint: string; code: string | null; reason: string | null }>(
    `select thumbprint, code, reason from certificate_standing where state = 'ended' and not_after > $1`,
    [now],
  );
  return new Map(
    rows.map(({ thumbprint, code, reason }) => [
      thumbprint,
      { code: code ?? 'CERTIFICATE_INVALID', reason: reason ?? '' },
    ]),
  );
}

/** Enters a certificate that a known organisation has used. `unknown`: there is no such organisation (yet). */
export async function insertUsedCertificate(
  sql: Sql,
  used: {
    readonly thumbprint: string;
    readonly der: Uint8Array;
    readonly path: readonly string[];
    readonly organizationIdentifier: string;
    readonly at: Date;
    readonly notAfter: Date;
  },
): Promise<'new' | 'known' | 'unknown'> {
  const { thumbprint, der, path, organizationIdentifier, at, notAfter } = used;
  const [organization] = await sql.query('select identifier from organization where identifier = $1', [
    organizationIdentifier,
  ]);
  if (organization === undefined) return 'unknown';
  const rows = await sql.query(
    `insert into certificate (thumbprint, der, organization_identifier, first_seen_at, path, not_after)
     values ($1, $2, $3, $4, $5, $6) on conflict (thumbprint) do nothing returning thumbprint`,
    [thumbprint, Buffer.from(der), organizationIdentifier, at, JSON.stringify(path), notAfter],
  );
  if (rows.length > 0) return 'new';
  await sql.query('update certificate set path = $2 where thumbprint = $1 and path is null', [
    thumbprint,
    JSON.stringify(path),
  ]);
  return 'known';
}

interface WatchedRow {
  readonly thumbprint: string;
  readonly organization_identifier: string;
  readonly seal: boolean;
  readonly state: 'good' | 'ended' | null;
  readonly good_until: Date | null;
  readonly organization_state: 'active' | 'suspended' | null;
}
