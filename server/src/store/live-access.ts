import type { Sql } from './database.js';

/** Whose state is asked for: a client and, unless it acts for itself, the grant it acts by. */
export interface AccessSubject {
  readonly clientId: string;
  readonly grantId: string | undefined;
}

/** What an access token depends on, as it stands now. Absent from an answer: the client or the grant has ended or is none. */
export interface LiveAccess extends AccessSubject {
  readonly organizationIdentifier: string;
  /** Why the organisation is suspended; undefined while it is not. */
  readonly suspension: string | undefined;
  /** Why the bank has suspended the client; undefined while it has not. */
  readonly clientSuspension: string | undefined;
  /** Changes when the client's keys, their names or their standing do. */
  readonly keyVersion: string;
  readonly grant:
    | { readonly scope: string; readonly psu: string; readonly accounts: readonly string[]; readonly expiresAt: Date }
    | undefined;
}

/** One registered key of a client. */
export interface LiveKey {
  readonly clientId: string;
  readonly kid: string;
  readonly x5u: string | undefined;
  readonly alias: string | undefined;
  /** Base64 DER of the certificate. */
  readonly certificate: string;
  /** Why the certificate no longer counts; undefined while it does. */
  readonly ended: string | undefined;
}

/** A seal that was found good counts until then: what nobody could find out any more is not good. */
const sealEnded = `case when standing.state = 'ended' then coalesce(standing.reason, standing.code)
  when standing.good_until < now() then 'its status cannot be established' end`;

/** The state of many at once, in one query. */
export async function readLiveAccess(sql: Sql, subjects: readonly AccessSubject[]): Promise<readonly LiveAccess[]> {
  const rows = await sql.query<AccessRow>(
    `select client.client_id, wanted.grant_id, client.organization_identifier, client.suspension_reason, consent_grant.scope, consent_grant.psu,
       consent_grant.accounts, consent_grant.expires_at,
       (select coalesce(reason, code) from organization_standing
        where organization_standing.organization_identifier = client.organization_identifier
          and organization_standing.state = 'suspended') as suspension,
       (select string_agg(kid || ' ' || coalesce(x5u, '') || ' ' || coalesce(alias, '') || ' ' || coalesce(${sealEnded}, ''), ',' order by position)
        from client_key left join certificate_standing as standing on standing.thumbprint = kid
        where client_key.client_id = client.client_id) as key_version
     from unnest($1::text[], $2::uuid[]) as wanted (client_id, grant_id)
     join client on client.client_id = wanted.client_id and client.ended_at is null
     left join consent_grant on consent_grant.id = wanted.grant_id and consent_grant.client_id = client.client_id
       and consent_grant.ended_at is null
     where wanted.grant_id is null or consent_grant.id is not null`,
    [subjects.map(({ clientId }) => clientId), subjects.map(({ grantId }) => grantId ?? null)],
  );
  return rows.map((row) => ({
    clientId: row.client_id,
    grantId: row.grant_id ?? undefined,
    organizationIdentifier: row.organization_identifier,
    suspension: row.suspension ?? undefined,
    clientSuspension: row.suspension_reason ?? undefined,
    keyVersion: row.key_version ?? '',
    grant:
      row.grant_id === null
        ? undefined
        : { scope: row.scope, psu: row.psu, accounts: row.accounts, expiresAt: row.expires_at },
  }));
}

/** The keys of these clients, in the order in which each registered them. */
export async function readLiveKeys(sql: Sql, clientIds: readonly string[]): Promise<readonly LiveKey[]> {
  const rows = await sql.query<KeyRow>(
    `select client_id, kid, x5u, alias, x5c->>0 as certificate, ${sealEnded} as ended
     from client_key left join certificate_standing as standing on standing.thumbprint = kid
     where client_id = any($1::text[]) order by client_id, position`,
    [clientIds],
  );
  return rows.map((row) => ({
    clientId: row.client_id,
    kid: row.kid,
    x5u: row.x5u ?? undefined,
    alias: row.alias ?? undefined,
    certificate: row.certificate,
    ended: row.ended ?? undefined,
  }));
}

interface KeyRow {
  readonly client_id: string;
  readonly kid: string;
  readonly x5u: string | null;
  readonly alias: string | null;
  readonly certificate: string;
  readonly ended: string | null;
}

interface AccessRow {
  readonly client_id: string;
  readonly grant_id: string | null;
  readonly organization_identifier: string;
  readonly suspension: string | null;
  readonly suspension_reason: string | null;
  readonly key_version: string | null;
  readonly scope: string;
  readonly psu: string;
  readonly accounts: readonly string[];
  readonly expires_at: Date;
}
