import { createHash } from 'node:crypto';
import type { Evidence, IntendedUse } from '@postern/core/qualification/evidence.js';
import type { CertificateJudge, Decision } from '../decision.js';
import { type DecideOptions, decideAnew } from './decide-anew.js';
import { type DecisionBasis, stillHolds } from './decision-basis.js';

export interface JudgeOptions extends DecideOptions {
  /** Told each new decision, so that it is recorded: events refer to it by its id. */
  readonly onDecision?: (decision: Decision) => void;
  /** Positive decisions kept, at most. */
  readonly maxDecisions?: number;
}

const usualDecisions = 2_000;
/** Of memory, on average; who sends more with a certificate than others has others forgotten sooner. */
const octetsPerDecision = 16_384;
const octetsOfVerdict = 8_192;
/** Milliseconds between two looks at which of the kept decisions have ended. */
const sweptEvery = 60_000;

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
  let sweptAt = 0;

  function forget(key: string): void {
    octets -= kept.get(key)?.octets ?? 0;
    kept.delete(key);
  }

  function peek(thumbprint: string, use: IntendedUse): Decision | undefined {
    const key = `${use} ${thumbprint}`;
    const known = kept.get(key);
    if (known === undefined) return undefined;
    const now = options.clock();
    if (stillHolds(known.basis, options, now)) return known.decision;
    forget(key);
    return undefined;
  }

  async function explain(presented: readonly Uint8Array[], use: IntendedUse): Promise<Decision> {
    const { decision, basis } = await decideAnew(presented, use, options);
    options.onDecision?.(decision);
    forgetEnded(decision.qualification.at.getTime());
    if (basis !== undefined) keep(decision, basis);
    return decision;
  }

  function keep(decision: Decision, basis: DecisionBasis): void {
    const { evidence } = decision;
    const key = `${evidence.use} ${evidence.certificate.thumbprint}`;
    forget(key);
    const remembered = { decision, basis, octets: octetsOf(evidence) };
    kept.set(key, remembered);
    octets += remembered.octets;
    for (const oldest of kept.keys()) {
      if (kept.size <= most && octets <= most * octetsPerDecision) break;
      forget(oldest);
    }
  }

  /** Who never comes again asks for nothing that would have an ended decision forgotten. */
  function forgetEnded(now: number): void {
    if (Math.abs(now - sweptAt) < sweptEvery) return;
    sweptAt = now;
    for (const [key, { basis }] of kept) if (now >= basis.until) forget(key);
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
  readonly basis: DecisionBasis;
}
