import { z } from 'zod';
import { Refusal } from '../refusal/refusal.js';
import type { RefusalCode } from '../refusal/refusal-catalog.js';
import type { Evidence, QualificationPolicy } from './evidence.js';
import { decodeEvidence, encodeEvidence } from './evidence-codec.js';
import type { EvidenceRecord } from './evidence-record.js';
import type { Finding } from './finding.js';
import type { Qualification } from './qualification.js';
import { qualify } from './qualify.js';

/** A decision as it is kept: what it was decided on, by which policy, when, and what came out. Plain JSON. */
export interface DecisionRecord {
  readonly evidence: EvidenceRecord;
  readonly policy: QualificationPolicy;
  readonly at: string;
  readonly outcome: Qualification['outcome'];
  readonly code: RefusalCode | null;
  readonly findings: readonly Finding[];
}

/** Writes a decision beside the evidence and the policy that it was made with. */
export function encodeDecision(
  evidence: Evidence,
  policy: QualificationPolicy,
  qualification: Qualification,
): DecisionRecord {
  return {
    evidence: encodeEvidence(evidence),
    policy: { ...policy },
    at: qualification.at.toISOString(),
    outcome: qualification.outcome,
    code: qualification.outcome === 'qualified' ? null : qualification.code,
    findings: qualification.findings,
  };
}

/**
 * Decides again from what was recorded, as of then. With the rules of the recording version the findings are the recorded
 * ones; what differs is what the rules have learnt since. Refuses (REQUEST_MALFORMED) a record that does not have its form.
 */
export function replayDecision(record: unknown): Qualification {
  const parsed = replaySchema.safeParse(record);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Refusal('REQUEST_MALFORMED', 'The record of a decision does not have its form.', { problems });
  }
  const { evidence, policy, at } = parsed.data;
  return qualify(decodeEvidence(evidence), policy, new Date(at));
}

const seconds = z.number().min(0).finite();
const replaySchema = z.object({
  evidence: z.unknown(),
  policy: z.strictObject({
    clockSkewSeconds: seconds,
    staleListGraceSeconds: seconds,
    statusMaxAgeSeconds: seconds,
    hostCountry: z.string().max(10),
  }),
  at: z.iso.datetime({ precision: 3 }),
});
