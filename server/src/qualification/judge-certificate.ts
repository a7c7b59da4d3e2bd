import { createHash } from 'node:crypto';
import type { Evidence, IntendedUse, QualificationPolicy } from '@postern/core/qualification/evidence.js';
import type { Qualification } from '@postern/core/qualification/qualification.js';
import { qualify } from '@postern/core/qualification/qualify.js';
import type { CertificationPath } from '@postern/core/trust/certification-path.js';
import type { CertificateJudge, Decision } from '../decision.js';
import { createUuid } from '../store/uuid.js';
import { type EvidenceSources, gatherEvidence } from './gather-evidence.js';
import { shareFindings } from './share-findings.js';

/** What a judge needs: where evidence comes from, how to see that it has changed, and the policy. */
export interface JudgeOptions extends Pick<EvidenceSources, 'identifierMappings'> {
  readonly trust: EvidenceSources['trust'];
  readonly register: EvidenceSources['register'] & { version(): string | undefined };
  readonly revocation: EvidenceSources['revocation'] & { versionOf(path: CertificationPath, now: Date): string };
  readonly policy: QualificationPolicy;
  readonly clock: () => Date;
  /** Told each new decision, so that it is recorded: events refer to it by its id. */
  readonly onDecision?: (decision: Decision) => void;
  /** Positive decisions kept, at most. */
  readonly maxDecisions?: number;
}

const usualDecisions = 2_000;
/** Of memory, on average; who sends more with a certificate than others has others forgotten sooner. */
const octetsPerDecision = 16_384;
const octetsOfVerdict = 8_192;

/** What a judge asks. */
export type JudgeSources = Pick<JudgeOptions, 'trust' | 'register' | 'revocation'>;

/** The judge of the whole server, with a memory for the way of a request. */
export interface WarmJudge extends CertificateJudge {
  /** The positive decision on a certificate (`x5t#S256`) that still holds, if one was made; costs a few microseconds. */
  peek(thumbprint: string, use: IntendedUse): Decision | undefined;
  /** Judges anew, whatever was decided before: for inspection and for recording with the evidence of this moment. */
  explain(presented: readonly Uint8Array[], use: IntendedUse): Promise<Decision>;
}

/**
 * Makes the one way from presented certificates to a decision: gather, then `qualify`, which alone decides. A positive decision
 * is given again, as the same object, until it ends or anything that it was made on has another version.
 * Negative ones are made anew each time: what they lack may arrive at any moment.
 */
export function createJudge(options: JudgeOptions): WarmJudge {
  const most = options.maxDecisions ?? usualDecisions;
  const kept = new Map<string, KeptDecision>();
  let octets = 0;

  function forget(key: string): void {
    octets -= kept.get(key)?.octets ?? 0;
    kept.delete(key);
  }

  function peek(thumbprint: string, use: IntendedUse): Decision | undefined {
    const key = `${use} ${thumbprint}`;
    const known = kept.get(key);
    if (known === undefined) return undefined;
    const now = options.clock();
    if (holds(known, options, now)) return known.decision;
    forget(key);
    return undefined;
  }

  async function explain(presented: readonly Uint8Array[], use: IntendedUse): Promise<Decision> {
    const { clock, policy } = options;
    const { evidence, revocationVersion } = await gatherEvidence({ presented, use, now: clock() }, options);
    // Asked again: status answers may have been made while they were waited for.
    const now = clock();
    const decision = { id: createUuid(now), evidence, policy, qualification: share(qualify(evidence, policy, now)) };
    options.onDecision?.(decision);
    keep(decision, revocationVersion);
    return decision;
  }

  function keep(decision: Decision, revocation: string): void {
    const { evidence, qualification } = decision;
    if (qualification.outcome !== 'qualified' || !('certificates' in evidence.path)) return;
    if (!evidence.trust.available || !evidence.register.available) return;
    const key = `${evidence.use} ${evidence.certificate.thumbprint}`;
    forget(key);
    kept.set(key, {
      decision,
      octets: octetsOf(evidence),
      path: evidence.path,
      from: qualification.at.getTime(),
      until: qualification.validUntil.getTime(),
      trust: evidence.trust.version,
      register: evidence.register.version,
      revocation,
    });
    octets += octetsOf(evidence);
    for (const oldest of kept.keys()) {
      if (kept.size <= most && octets <= most * octetsPerDecision) break;
      forget(oldest);
    }
  }

  return {
    peek,
    explain,
    judge: (presented, use) => {
      const [leaf] = presented;
      const known = leaf === undefined ? undefined : peek(thumbprintOf(leaf), use);
      return known ?? explain(presented, use);
    },
  };
}

function octetsOf({ certificate, presented }: Evidence): number {
  return [certificate, ...presented].reduce((sum, { der }) => sum + der.length, octetsOfVerdict);
}

/** What is remembered of one certificate is shared with the others; what refuses is not remembered, and may say anything. */
function share(qualification: Qualification): Qualification {
  if (qualification.outcome !== 'qualified') return qualification;
  return { ...qualification, findings: shareFindings(qualification.findings) };
}

const thumbprints = new WeakMap<Uint8Array, string>();

/** The x5t#S256 of a certificate; computed once for the bytes of a connection, which come with each of its requests. */
function thumbprintOf(der: Uint8Array): string {
  const known = thumbprints.get(der);
  if (known !== undefined) return known;
  const thumbprint = createHash('sha256').update(der).digest('base64url');
  thumbprints.set(der, thumbprint);
  return thumbprint;
}

interface KeptDecision {
  readonly decision: Decision;
  readonly octets: number;
  readonly path: CertificationPath;
  readonly from: number;
  readonly until: number;
  readonly trust: string;
  readonly register: string;
  readonly revocation: string;
}

function holds(known: KeptDecision, { trust, register, revocation }: JudgeOptions, now: Date): boolean {
  const time = now.getTime();
  if (time < known.from || time >= known.until) return false;
  const view = trust.current();
  if (!view.available || view.snapshot.version !== known.trust || register.version() !== known.register) return false;
  return revocation.versionOf(known.path, now) === known.revocation;
}
