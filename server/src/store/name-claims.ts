import type { Sql } from './database.js';

/** A name that an organisation came first with, by what it looks like. */
export interface NameClaim {
  readonly skeleton: string;
  readonly organizationIdentifier: string;
  /** A legal name goes before what others call their applications. */
  readonly kind: 'legal' | 'client';
  readonly name: string;
}

export interface ClaimedNames {
  /** Claims of these skeletons that other organisations hold. */
  readonly foreign: readonly NameClaim[];
  /** Skeletons that were another organisation's application until now. */
  readonly taken: readonly string[];
}

/**
 * Claims names for an organisation where nobody did before; of two that come at once, one waits for the other. Each skeleton may
 * stand once in `claims`. What is the organisation's already is not locked, so that its registrations do not wait for each other.
 */
export async function claimNames(sql: Sql, claims: readonly NameClaim[], at: Date): Promise<ClaimedNames> {
  const [own] = claims;
  if (own === undefined) return { foreign: [], taken: [] };
  const written = await sql.query<{ wanted: number; skeleton: string | null; replaced: boolean | null }>(
    `with claim as (
       select * from json_to_recordset($1::json) as claim (skeleton text, organization_identifier text, kind text, name text)
     ), wanted as (
       select * from claim where not exists (select 1 from name_claim as own where own.skeleton = claim.skeleton
         and own.organization_identifier = claim.organization_identifier and (own.kind = 'legal' or claim.kind = 'client'))
     ), written as (
       insert into name_claim (skeleton, organization_identifier, kind, name, claimed_at)
       select skeleton, organization_identifier, kind, name, $2 from wanted order by skeleton
       on conflict (skeleton) do update set organization_identifier = excluded.organization_identifier,
         kind = excluded.kind, name = excluded.name, claimed_at = excluded.claimed_at
       where excluded.kind = 'legal' and name_claim.kind = 'client'
       returning skeleton, (xmax <> 0) as replaced
     )
     select wanted, skeleton, replaced from (select count(*)::int as wanted from wanted) as total left join written on true`,
    [JSON.stringify(claims.map(toRow)), at],
  );
  const taken = written.flatMap(({ skeleton, replaced }) => (skeleton !== null && replaced ? [skeleton] : []));
  const entered = written.filter(({ skeleton }) => skeleton !== null).length;
  if (entered === (written[0]?.wanted ?? 0)) return { foreign: [], taken };
  const rows = await sql.query<ClaimRow>(
    'select * from name_claim where skeleton = any($1::text[]) and organization_identifier <> $2 order by skeleton',
    [claims.map(({ skeleton }) => skeleton), own.organizationIdentifier],
  );
  return { foreign: rows.map(toClaim), taken };
}

/** Lets go of what an organisation claimed for applications that no client of it is called by any more. */
export async function releaseUnusedClaims(sql: Sql, organizationIdentifier: string): Promise<void> {
  await sql.query(
    `delete from name_claim where organization_identifier = $1 and kind = 'client' and not exists
       (select 1 from client join name_review on name_review.client_id = client.client_id
        where client.organization_identifier = $1 and client.ended_at is null
          and name_review.skeletons @> to_jsonb(name_claim.skeleton))`,
    [organizationIdentifier],
  );
}

interface ClaimRow {
  readonly skeleton: string;
  readonly organization_identifier: string;
  readonly kind: NameClaim['kind'];
  readonly name: string;
}

function toRow({ skeleton, organizationIdentifier, kind, name }: NameClaim): ClaimRow {
  return { skeleton, organization_identifier: organizationIdentifier, kind, name };
}

function toClaim({ skeleton, organization_identifier: organizationIdentifier, kind, name }: ClaimRow): NameClaim {
  return { skeleton, organizationIdentifier, kind, name };
}
