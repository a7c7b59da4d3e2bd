import type { EvidenceParts } from '@postern/core/qualification/evidence-parts.js';
import type { Sql } from '../store/database.js';
import { readEvidence } from '../store/evidence.js';

/** A decision as it was recorded: `replayDecision` takes both. */
export interface RecordedDecision {
  readonly record: unknown;
  readonly parts: EvidenceParts;
}

/** The decision of that id, or undefined when there is none. Parts that are gone are missing; nobody has looked at the others. */
export async function readDecision(sql: Sql, id: string): Promise<RecordedDecision | undefined> {
  const [row] = await sql.query<{ record: unknown }>('select record from decision where id = $1', [id]);
  return row === undefined ? undefined : { record: row.record, parts: await readEvidence(sql, id) };
}
