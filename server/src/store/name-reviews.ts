import type { NameDoubt } from '@postern/core/registration/find-name-doubts.js';
import type { Environment } from '../realm.js';
import type { Sql } from './database.js';

/** clear: nothing doubtful; held: waits for an operator; released, refused: an operator has looked. */
export type NameState = 'clear' | 'held' | 'released' | 'refused';

/** What is thought of the names of a client, as its registration tells and its pages obey. */
export interface NameStanding {
  readonly state: NameState;
  readonly doubts: readonly NameDoubt[];
}

/** Whether payment service users may read the names, and see the logo. */
export function mayShowNames(standing: NameStanding | undefined): boolean {
  return standing?.state === 'clear' || standing?.state === 'released';
}

/** The names of one client as they were judged together. */
export interface NameReview extends NameStanding {
  readonly clientId: string;
  readonly reviewId: string;
  /** By language in lower case, "" for the one without. */
  readonly names: Readonly<Record<string, string>>;
  readonly skeletons: readonly string[];
  readonly judgedAt: Date;
}

/** A review with whose it is, for an operator. */
export interface ListedReview extends NameReview {
  readonly brand: string;
  readonly environment: Environment;
  readonly organizationIdentifier: string;
  readonly legalName: string;
  readonly contacts: readonly string[];
}

/** Enters a review, in the place of the one before it. */
export async function writeNameReview(sql: Sql, review: NameReview): Promise<void> {
  await sql.query(
    `insert into name_review (client_id, review_id, names, skeletons, state, doubts, judged_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (client_id) do update set review_id = excluded.review_id, names = excluded.names,
       skeletons = excluded.skeletons, state = excluded.state, doubts = excluded.doubts, judged_at = excluded.judged_at,
       decided_at = null`,
    [
      review.clientId,
      review.reviewId,
      JSON.stringify(review.names),
      JSON.stringify(review.skeletons),
      review.state,
      JSON.stringify(review.doubts),
      review.judgedAt,
    ],
  );
}

/** The review of a client; undefined while its names were never judged. */
export async function readNameReview(sql: Sql, clientId: string): Promise<NameReview | undefined> {
  const rows = await sql.query<ReviewRow>('select * from name_review where client_id = $1', [clientId]);
  return rows.map(toReview)[0];
}

/** Holds the clear names of other organisations that look like a legal name that has come in; answers whose. */
export async function holdNamesLike(
  sql: Sql,
  claimed: { readonly skeleton: string; readonly organizationIdentifier: string; readonly doubt: NameDoubt },
): Promise<readonly string[]> {
  const rows = await sql.query<{ client_id: string }>(
    `update name_review set state = 'held', doubts = doubts || $3::jsonb
     from client where client.client_id = name_review.client_id and client.organization_identifier <> $2
       and name_review.state = 'clear' and name_review.skeletons @> to_jsonb($1::text) returning name_review.client_id`,
    [claimed.skeleton, claimed.organizationIdentifier, JSON.stringify([claimed.doubt])],
  );
  return rows.map((row) => row.client_id);
}

/** Writes an operator's decision on exactly the names of that review; false when they have changed since, or it stands already. */
export async function decideNameReview(
  sql: Sql,
  decision: { readonly reviewId: string; readonly state: 'released' | 'refused'; readonly at: Date },
): Promise<boolean> {
  const rows = await sql.query(
    'update name_review set state = $2, decided_at = $3 where review_id = $1 and state <> $2 returning client_id',
    [decision.reviewId, decision.state, decision.at],
  );
  return rows.length > 0;
}

/** Reviews of clients that live: one by its id, those that wait, or all; oldest first. */
export async function listNameReviews(
  sql: Sql,
  which: { readonly reviewId?: string; readonly state?: NameState },
): Promise<readonly ListedReview[]> {
  const rows = await sql.query<ListedRow>(
    `select name_review.*, client.brand, client.environment, client.organization_identifier, organization.legal_name,
       coalesce(client.metadata->'contacts', '[]'::jsonb) as contacts
     from name_review join client on client.client_id = name_review.client_id and client.ended_at is null
     join organization on organization.identifier = client.organization_identifier
     where ($1::uuid is null or review_id = $1) and ($2::text is null or state = $2)
     order by judged_at, review_id limit 1000`,
    [which.reviewId ?? null, which.state ?? null],
  );
  return rows.map((row) => ({
    ...toReview(row),
    brand: row.brand,
    environment: row.environment,
    organizationIdentifier: row.organization_identifier,
    legalName: row.legal_name,
    contacts: row.contacts,
  }));
}

/** How many reviews of clients that live wait for an operator. */
export async function countHeldReviews(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ count: string | number }>(
    `select count(*) as count from name_review join client on client.client_id = name_review.client_id
       and client.ended_at is null where state = 'held'`,
  );
  return Number(row?.count ?? 0);
}

interface ReviewRow {
  readonly client_id: string;
  readonly review_id: string;
  readonly names: Readonly<Record<string, string>>;
  readonly skeletons: readonly string[];
  readonly state: NameState;
  readonly doubts: readonly NameDoubt[];
  readonly judged_at: Date;
}

interface ListedRow extends ReviewRow {
  readonly brand: string;
  readonly environment: Environment;
  readonly organization_identifier: string;
  readonly legal_name: string;
  readonly contacts: readonly string[];
}

function toReview(row: ReviewRow): NameReview {
  return {
    clientId: row.client_id,
    reviewId: row.review_id,
    names: row.names,
    skeletons: row.skeletons,
    state: row.state,
    doubts: row.doubts,
    judgedAt: row.judged_at,
  };
}
