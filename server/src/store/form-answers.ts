import type { Sql } from './database.js';

/** One sending of a form: its digest, which tells nothing of it, and when it was sent. */
export interface FormClaim {
  readonly form: string;
  readonly at: Date;
}

/** Removed with each claim: more than one, so that none stays behind. */
const removedAtOnce = 20;

/** True for exactly one of all who send a form, whatever node they send it to; again once what was claimed is older than `since`. */
export async function claimForm(sql: Sql, { form, at }: FormClaim, since: Date): Promise<boolean> {
  await sql.query(
    `delete from form_answer where form = any(array(
       select form from form_answer where claimed_at <= $1 order by claimed_at limit $2 for update skip locked))`,
    [since, removedAtOnce],
  );
  const rows = await sql.query(
    `insert into form_answer (form, claimed_at) values ($1, $2)
     on conflict (form) do update set claimed_at = $2, sealed = null where form_answer.claimed_at <= $3 returning form`,
    [form, at, since],
  );
  return rows.length > 0;
}

/** What a form was answered, sealed; undefined while it is not answered yet. */
export async function readFormAnswer(sql: Sql, form: string): Promise<Uint8Array | undefined> {
  const rows = await sql.query<{ sealed: Uint8Array | null }>('select sealed from form_answer where form = $1', [form]);
  return rows[0]?.sealed ?? undefined;
}

/** Keeps the answer of who claimed the form, unless it was claimed again since. */
export async function writeFormAnswer(sql: Sql, { form, at }: FormClaim, sealed: Uint8Array): Promise<void> {
  await sql.query('update form_answer set sealed = $3 where form = $1 and claimed_at = $2', [form, at, sealed]);
}

/** Gives a claim back: the form may be sent again as if it had never been. */
export async function releaseForm(sql: Sql, { form, at }: FormClaim): Promise<void> {
  await sql.query('delete from form_answer where form = $1 and claimed_at = $2', [form, at]);
}
