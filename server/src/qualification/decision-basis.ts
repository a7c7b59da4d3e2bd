import type { CertificationPath } from '@postern/core/trust/certification-path.js';
import type { Decision } from '../decision.js';
import type { EvidenceSources } from './gather-evidence.js';

/** Where evidence comes from, and how to see that it has changed. */
export interface JudgeSources {
  readonly trust: EvidenceSources['trust'];
  readonly register: EvidenceSources['register'] & { version(): string | undefined };
  readonly revocation: EvidenceSources['revocation'] & { versionOf(path: CertificationPath, now: Date): string };
}

/** What a positive decision was made on, in versions: while they are in force until it ends, judging again would decide the same. */
export interface DecisionBasis {
  readonly path: CertificationPath;
  /** Milliseconds since 1970, as `until`. */
  readonly from: number;
  readonly until: number;
  readonly trust: string;
  readonly register: string;
  readonly revocation: string;
}

/** The basis of a decision, where it is a positive one; negative ones have none: what they lack may arrive at any moment. */
export function basisOf({ evidence, qualification }: Decision, revocation: string): DecisionBasis | undefined {
  const { path, trust, register } = evidence;
  if (qualification.outcome !== 'qualified' || !('certificates' in path)) return undefined;
  if (!trust.available || !register.available) return undefined;
  return {
    path,
    from: qualification.at.getTime(),
    until: qualification.validUntil.getTime(),
    trust: trust.version,
    register: register.version,
    revocation,
  };
}

/** Whether nothing that a decision was made on has changed, and its time has not ended. */
export function stillHolds(basis: DecisionBasis, { trust, register, revocation }: JudgeSources, now: Date): boolean {
  const time = now.getTime();
  if (time < basis.from || time >= basis.until) return false;
  const view = trust.current();
  if (!view.available || view.snapshot.version !== basis.trust || register.version() !== basis.register) return false;
  return revocation.versionOf(basis.path, now) === basis.revocation;
}
