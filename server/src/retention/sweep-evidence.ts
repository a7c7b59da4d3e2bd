import type { Sql } from '../store/database.js';

/** What one look at a page of evidence led to; `next` is undefined after the last page. */
export interface EvidencePage {
  readonly deleted: number;
  readonly next: string | undefined;
}

/**
 * Deletes, of the page of evidence after a digest, what no decision refers to. First the rows are locked and then it is asked
 * whether anything refers to them, so that who is about to refer to one either is seen or waits and writes it anew.
 */
export async function sweepEvidence(sql: Sql, after: string, most: number): Promise<EvidencePage> {
  const page = await sql.query<{ sha256: string; needed: boolean }>(
    `select sha256, exists (select 1 from decision_evidence where decision_evidence.sha256 = evidence.sha256) as needed
     from evidence where sha256 > $1 order by sha256 limit $2`,
    [after, most],
  );
  const next = page.length < most ? undefined : page.at(-1)?.sha256;
  const idle = page.filter(({ needed }) => !needed).map(({ sha256 }) => sha256);
  if (idle.length === 0) return { deleted: 0, next };
  const held = await sql.query<{ sha256: string }>(
    'select sha256 from evidence where sha256 = any($1::text[]) order by sha256 for update skip locked',
    [idle],
  );
  const [row] = await sql.query<{ dropped: number }>('select drop_idle_evidence($1::text[])::int as dropped', [
    held.map(({ sha256 }) => sha256),
  ]);
  return { deleted: row?.dropped ?? 0, next };
}
