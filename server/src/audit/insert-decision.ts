import { encodeDecision } from '@postern/core/qualification/evidence-codec.js';
import type { Decision } from '../decision.js';
import type { Sql } from '../store/database.js';
import { renderJsonb } from '../store/render-jsonb.js';

/** Writes a decision with its evidence, once; called with the transaction of what was decided by it. */
export async function insertDecision(sql: Sql, decision: Decision): Promise<void> {
  const { qualification, evidence } = decision;
  await sql.query(
    `insert into decision (id, at, thumbprint, intended_use, outcome, code, organization_identifier, record)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing`,
    [
      decision.id,
      qualification.at,
      evidence.certificate.thumbprint,
      evidence.use,
      qualification.outcome,
      qualification.outcome === 'qualified' ? null : qualification.code,
      qualification.outcome === 'qualified' ? qualification.organization.identifier : null,
      renderJsonb(encodeDecision(decision)),
    ],
  );
}
