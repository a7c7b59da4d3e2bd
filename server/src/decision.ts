import type { Evidence, IntendedUse, QualificationPolicy } from '@postern/core/qualification/evidence.js';
import type { Organization, Qualification, QualifiedCertificate } from '@postern/core/qualification/qualification.js';
import { requireQualified } from '@postern/core/qualification/require-qualified.js';

/** One qualification with all it was decided on; `id` is its key in the store, given when it was made. */
export interface Decision {
  readonly id: string;
  readonly evidence: Evidence;
  readonly policy: QualificationPolicy;
  readonly qualification: Qualification;
}

/** The one way from presented certificates to a decision; wired once, taken by every feature. */
export interface CertificateJudge {
  /** Judges what was presented, end entity first. Throws `Refusal` when nothing was presented or it cannot be read. */
  judge(presented: readonly Uint8Array[], use: IntendedUse): Promise<Decision>;
}

/** A third party at the door whose certificate is qualified; the decision is recorded with what it then does. */
export interface QualifiedPeer {
  readonly organization: Organization;
  readonly certificate: QualifiedCertificate;
  readonly decision: Decision;
}

/** The peer behind a decision, or the refusal with every finding that its outcome leads to. */
export function requireQualifiedPeer(decision: Decision): QualifiedPeer {
  const { organization, certificate } = requireQualified(decision.qualification, decision.id);
  return { organization, certificate, decision };
}
