import { encodeDecision } from '@postern/core/qualification/evidence-codec.js';
import { collectParts, type EvidenceParts } from '@postern/core/qualification/evidence-parts.js';
import type { Decision } from '../decision.js';
import type { Sql } from '../store/database.js';
import { insertEvidence } from '../store/evidence.js';
import { renderJsonb } from '../store/render-jsonb.js';

/** Writes a decision with its evidence, once; called with the transaction of what was decided by it. */
export async function insertDecision(sql: Sql, decision: Decision): Promise<void> {
  await insertDecisions(sql, [decision]);
}

/**
 * Writes decisions, each once, and those parts of their evidence that are not there yet. A decision that is remembered and acted
 * upon again costs one look. A transaction that records several gives them together: evidence goes before decisions and both go
 * in order, so that no two transactions wait for each other in a circle.
 */
export async function insertDecisions(sql: Sql, decisions: readonly Decision[]): Promise<void> {
  await insertRenderedDecisions(sql, (await withoutKnown(sql, decisions)).map(renderDecision));
}

/** The same for decisions that were rendered when they were made. */
export async function insertNewDecisions(sql: Sql, decisions: readonly RenderedDecision[]): Promise<void> {
  await insertRenderedDecisions(sql, await withoutKnown(sql, decisions));
}

/** A decision as the values of its row and the parts that these name: less to keep than all that it was made of. */
export interface RenderedDecision {
  readonly id: string;
  readonly at: Date;
  readonly values: readonly unknown[];
  readonly record: string;
  readonly parts: EvidenceParts;
}

export function renderDecision(decision: Decision): RenderedDecision {
  const { id, qualification, evidence } = decision;
  const { writer, parts } = collectParts();
  const record = renderJsonb(encodeDecision(decision, writer));
  const qualified = qualification.outcome === 'qualified';
  const values = [
    id,
    qualification.at,
    evidence.certificate.thumbprint,
    evidence.use,
    qualification.outcome,
    qualified ? null : qualification.code,
    qualified ? qualification.organization.identifier : null,
    record,
  ];
  return { id, at: qualification.at, values, record, parts };
}

async function insertRenderedDecisions(sql: Sql, rows: readonly RenderedDecision[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  await insertEvidence(sql, new Map(rows.flatMap(({ parts }) => [...parts])), first.at);
  for (const row of rows) await insertRow(sql, row);
}

/** Each decision once, in the order of their ids. */
async function withoutKnown<Identified extends { readonly id: string }>(
  sql: Sql,
  decisions: readonly Identified[],
): Promise<readonly Identified[]> {
  const given = new Map(decisions.map((decision) => [decision.id, decision]));
  if (given.size === 0) return [];
  const known = await sql.query<{ id: string }>('select id from decision where id = any($1::uuid[])', [
    [...given.keys()],
  ]);
  for (const { id } of known) given.delete(id);
  return [...given.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function insertRow(sql: Sql, { values, parts }: RenderedDecision): Promise<void> {
  await sql.query(
    `with written as (
       insert into decision (id, at, thumbprint, intended_use, outcome, code, organization_identifier, record)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing returning id)
     insert into decision_evidence (decision_id, sha256)
     select id, sha256 from written cross join unnest($9::text[]) as sha256`,
    [...values, [...parts.keys()].sort()],
  );
}
