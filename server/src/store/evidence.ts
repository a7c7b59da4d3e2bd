import type { EvidenceParts } from '@postern/core/qualification/evidence-parts.js';
import type { Sql } from './database.js';

/** One statement carries no more than this, unless one part alone does. */
const mostBytes = 4 * 1024 * 1024;
const mostRows = 200;
const mostAttempts = 5;

/**
 * Keeps parts of evidence, each once, and holds on to those that are there until the caller's transaction ends: what it then
 * refers to cannot be swept away meanwhile. In one order everywhere, so that two transactions with the same parts do not wait
 * for each other in a circle.
 */
export async function insertEvidence(sql: Sql, parts: EvidenceParts, at: Date): Promise<void> {
  let missing: readonly string[] = [...parts.keys()].sort();
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    missing = without(missing, await holdEvidence(sql, missing));
    for (const page of splitByBytes(missing, parts)) missing = without(missing, await insertPage(sql, page, at));
    // What is still missing was committed by another transaction after it was looked for: the next look holds on to it.
    if (missing.length === 0) return;
  }
  throw new Error(`${missing.length} parts of evidence come and go`);
}

/** Which of them are there; they stay until the transaction ends. */
async function holdEvidence(sql: Sql, digests: readonly string[]): Promise<readonly string[]> {
  return toDigests(
    await sql.query<EvidenceRow>(
      'select sha256 from evidence where sha256 = any($1::text[]) order by sha256 for key share',
      [digests],
    ),
  );
}

type Part = readonly [sha256: string, bytes: Uint8Array];

async function insertPage(sql: Sql, page: readonly Part[], at: Date): Promise<readonly string[]> {
  return toDigests(
    await sql.query<EvidenceRow>(
      `insert into evidence (sha256, bytes, kept_at)
       select sha256, bytes, $3 from unnest($1::text[], $2::bytea[]) as part (sha256, bytes)
       on conflict (sha256) do nothing returning sha256`,
      [page.map(([sha256]) => sha256), page.map(([, bytes]) => Buffer.from(bytes)), at],
    ),
  );
}

/** The parts of a decision, as they are in the store now. */
export async function readEvidence(sql: Sql, decisionId: string): Promise<EvidenceParts> {
  const rows = await sql.query<EvidenceRow & { bytes: Uint8Array }>(
    'select sha256, bytes from decision_evidence join evidence using (sha256) where decision_id = $1',
    [decisionId],
  );
  return new Map(rows.map(({ sha256, bytes }) => [sha256, new Uint8Array(bytes)]));
}

interface EvidenceRow {
  readonly sha256: string;
}

function splitByBytes(digests: readonly string[], parts: EvidenceParts): readonly (readonly Part[])[] {
  const pages: Part[][] = [];
  let bytes = 0;
  for (const sha256 of digests) {
    const octets = parts.get(sha256) ?? new Uint8Array();
    const page = pages.at(-1);
    bytes += octets.length;
    if (page !== undefined && page.length < mostRows && bytes <= mostBytes) page.push([sha256, octets]);
    else {
      pages.push([[sha256, octets]]);
      bytes = octets.length;
    }
  }
  return pages;
}

function without(digests: readonly string[], taken: readonly string[]): readonly string[] {
  const gone = new Set(taken);
  return digests.filter((digest) => !gone.has(digest));
}

function toDigests(rows: readonly EvidenceRow[]): readonly string[] {
  return rows.map(({ sha256 }) => sha256);
}
