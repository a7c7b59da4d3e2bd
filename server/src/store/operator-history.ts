import type { Sql } from './database.js';

/** What somebody of the bank decided, as the audit has it. */
export interface RecordedDecision {
  readonly id: string;
  readonly at: Date;
  readonly kind:
    | 'sandbox-approved'
    | 'sandbox-decided'
    | 'name-released'
    | 'name-refused'
    | 'client-suspended'
    | 'client-restored'
    | 'feedback-closed';
  readonly outcome: 'done' | 'refused';
  readonly brand: string | undefined;
  readonly organizationIdentifier: string | undefined;
  readonly clientId: string | undefined;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A place in the history: everything before it is older. */
export interface HistoryPlace {
  readonly at: Date;
  readonly id: string;
}

const isDecision = `kind in ('sandbox-approved', 'sandbox-decided', 'name-released', 'name-refused', 'client-suspended',
  'client-restored', 'feedback-closed')`;

/** Decisions, newest first, from a place on; at most so many. */
export async function readDecisions(
  sql: Sql,
  { before, most }: { readonly before: HistoryPlace | undefined; readonly most: number },
): Promise<readonly RecordedDecision[]> {
  const rows = await sql.query<DecisionRow>(
    `select id, at, kind, outcome, brand, organization_identifier, client_id, detail from audit_event
     where ${isDecision} and ($1::timestamptz is null or (at, id) < ($1, $2::uuid))
     order by at desc, id desc limit $3`,
    [before?.at ?? null, before?.id ?? null, most],
  );
  return rows.map(({ organization_identifier, client_id, brand, ...row }) => ({
    ...row,
    brand: brand ?? undefined,
    organizationIdentifier: organization_identifier ?? undefined,
    clientId: client_id ?? undefined,
  }));
}

/** Whether somebody decided with this very form since then. */
export async function hasDecision(
  sql: Sql,
  { form, since }: { readonly form: string; readonly since: Date },
): Promise<boolean> {
  const rows = await sql.query(
    `select 1 from audit_event where ${isDecision} and at >= $1 and detail->>'form' = $2 limit 1`,
    [since, form],
  );
  return rows.length > 0;
}

interface DecisionRow extends Pick<RecordedDecision, 'id' | 'at' | 'kind' | 'outcome' | 'detail'> {
  readonly brand: string | null;
  readonly organization_identifier: string | null;
  readonly client_id: string | null;
}
