import type { Sql } from './database.js';

export type FeedbackKind = 'question' | 'fault' | 'documentation' | 'idea';

/** What a visitor of the portal wrote. All of it comes from a stranger. */
export interface Feedback {
  readonly id: string;
  readonly brand: string;
  /** Of the page that it was written on. */
  readonly lang: string;
  readonly kind: FeedbackKind;
  /** The page that it is about. */
  readonly page: string | undefined;
  readonly message: string;
  readonly email: string | undefined;
  readonly receivedAt: Date;
}

/** A message with what became of it. */
export interface KeptFeedback extends Feedback {
  readonly closedAt: Date | undefined;
  readonly closedBy: string | undefined;
}

export async function insertFeedback(sql: Sql, feedback: Feedback): Promise<void> {
  await sql.query(
    `insert into feedback (id, brand, lang, kind, page, message, email, received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      feedback.id,
      feedback.brand,
      feedback.lang,
      feedback.kind,
      feedback.page ?? null,
      feedback.message,
      feedback.email ?? null,
      feedback.receivedAt,
    ],
  );
}

/** Messages that nobody has closed, or all; oldest first, at most a thousand. */
export async function listFeedback(sql: Sql, which: 'open' | 'all'): Promise<readonly KeptFeedback[]> {
  const rows = await sql.query<FeedbackRow>(
    `select * from feedback where $1 = 'all' or closed_at is null order by received_at, id limit 1000`,
    [which],
  );
  return rows.map(toFeedback);
}

/** For who answers: those that nobody has closed first, then the others, newest first; at most so many. */
export async function listLatestFeedback(sql: Sql, most: number): Promise<readonly KeptFeedback[]> {
  const rows = await sql.query<FeedbackRow>(
    'select * from feedback order by closed_at is not null, received_at desc, id desc limit $1',
    [most],
  );
  return rows.map(toFeedback);
}

export async function readFeedback(sql: Sql, id: string): Promise<KeptFeedback | undefined> {
  return (await sql.query<FeedbackRow>('select * from feedback where id = $1', [id])).map(toFeedback)[0];
}

/** How many messages nobody has closed. */
export async function countOpenFeedback(sql: Sql): Promise<number> {
  const rows = await sql.query<{ count: number }>(
    'select count(*)::integer as count from feedback where closed_at is null',
  );
  return rows[0]?.count ?? 0;
}

/** Writes who closed a message, once; undefined when there is none such, or it was closed before. */
export async function closeFeedback(
  sql: Sql,
  { id, by, at }: { readonly id: string; readonly by: string; readonly at: Date },
): Promise<KeptFeedback | undefined> {
  const rows = await sql.query<FeedbackRow>(
    'update feedback set closed_at = $2, closed_by = $3 where id = $1 and closed_at is null returning *',
    [id, at, by],
  );
  return rows.map(toFeedback)[0];
}

interface FeedbackRow {
  readonly id: string;
  readonly brand: string;
  readonly lang: string;
  readonly kind: FeedbackKind;
  readonly page: string | null;
  readonly message: string;
  readonly email: string | null;
  readonly received_at: Date;
  readonly closed_at: Date | null;
  readonly closed_by: string | null;
}

function toFeedback(row: FeedbackRow): KeptFeedback {
  return {
    id: row.id,
    brand: row.brand,
    lang: row.lang,
    kind: row.kind,
    page: row.page ?? undefined,
    message: row.message,
    email: row.email ?? undefined,
    receivedAt: row.received_at,
    closedAt: row.closed_at ?? undefined,
    closedBy: row.closed_by ?? undefined,
  };
}
