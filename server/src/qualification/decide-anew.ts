import type { IntendedUse, QualificationPolicy } from '@postern/core/qualification/evidence.js';
import type { Qualification } from '@postern/core/qualification/qualification.js';
import { qualify } from '@postern/core/qualification/qualify.js';
import type { Decision } from '../decision.js';
import { createUuid } from '../store/uuid.js';
import { basisOf, type DecisionBasis, type JudgeSources } from './decision-basis.js';
import { type EvidenceSources, gatherEvidence } from './gather-evidence.js';
import { shareFindings } from './share-findings.js';

/** What deciding needs: where evidence comes from, how to see that it has changed, and the policy. */
export interface DecideOptions extends JudgeSources, Pick<EvidenceSources, 'identifierMappings'> {
  readonly policy: QualificationPolicy;
  readonly clock: () => Date;
}

/** A decision, and what it was made on where it is a positive one. */
export interface Decided {
  readonly decision: Decision;
  readonly basis: DecisionBasis | undefined;
}

/**
 * The one way from presented certificates, end entity first, to a decision: gather, then `qualify`, which alone decides. Rejects with
 * Refusal when no end entity can be read.
 */
export async function decideAnew(
  presented: readonly Uint8Array[],
  use: IntendedUse,
  options: DecideOptions,
): Promise<Decided> {
  const { clock, policy } = options;
  const { evidence, revocationVersion } = await gatherEvidence({ presented, use, now: clock() }, options);
  // Asked again: status answers may have been made while they were waited for.
  const now = clock();
  const decision = { id: createUuid(now), evidence, policy, qualification: share(qualify(evidence, policy, now)) };
  return { decision, basis: basisOf(decision, revocationVersion) };
}

/** What is remembered of one certificate is shared with the others; what refuses is not remembered, and may say anything. */
function share(qualification: Qualification): Qualification {
  if (qualification.outcome !== 'qualified') return qualification;
  return { ...qualification, findings: shareFindings(qualification.findings) };
}
