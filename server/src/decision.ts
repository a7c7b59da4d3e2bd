import type { Evidence, IntendedUse, QualificationPolicy } from '@postern/core/qualification/evidence.js';
import type { Organization, Qualification, QualifiedCertificate } from '@postern/core/qualification/qualification.js';
import { requireQualified } from '@postern/core/qualification/require-qualified.js';
import { Refusal } from '@postern/core/refusal/refusal.js';

/** One qualification with all it was decided on; `id` is its key in the store, given when it was made. */
export interface Decision {
  readonly id: string;
  readonly evidence: Evidence;
  readonly policy: QualificationPolicy;
  readonly qualification: Qualification;
}

/** The one way from presented certificates to a decision; wired once, taken by every feature. */
export interface CertificateJudge {
  /**
   * Judges what was presented, end entity first; at once where the decision was made before and still holds.
   * Throws, or rejects with, `Refusal` when nothing was presented or it cannot be read.
   */
  judge(presented: readonly Uint8Array[], use: IntendedUse): Decision | Promise<Decision>;
}

/** A third party at the door whose certificate is qualified; the decision is recorded with what it then does. */
export interface QualifiedPeer {
  readonly organization: Organization;
  readonly certificate: QualifiedCertificate;
  readonly decision: Decision;
}

/**
 * Judges the peer of a connection for website access and does `work` with it when it is qualified. A refusal that this ends
 * in, of the certificate or of anything after it, names the decision, so that the audit can tell what it followed.
 */
export async function admitPeer<T>(
  judge: CertificateJudge,
  presented: readonly Uint8Array[],
  work: (peer: QualifiedPeer) => T | Promise<T>,
): Promise<T> {
  const decision = await judge.judge(presented, 'website');
  try {
    return await work(requireQualifiedPeer(decision));
  } catch (cause) {
    if (!(cause instanceof Refusal) || cause.decision !== undefined) throw cause;
    const { code, message, detail, findings, problems, retryAfterSeconds } = cause;
    throw new Refusal(code, message, {
      findings,
      problems,
      decision: decision.id,
      cause: cause.cause,
      ...(detail === undefined ? {} : { detail }),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    });
  }
}

/** The peer behind a decision, or the refusal with every finding that its outcome leads to. */
function requireQualifiedPeer(decision: Decision): QualifiedPeer {
  const { organization, certificate } = requireQualified(decision.qualification, decision.id);
  return { organization, certificate, decision };
}
