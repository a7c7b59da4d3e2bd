import { isInForce } from '@postern/core/register/reconcile-sources.js';
import { conflictsBetweenSources, type SourceConflict } from './conflicts-between-sources.js';
import type { CorrectionsStore } from './corrections-store.js';
import type { LoadedRegister } from './load-register.js';
import type { RegisterProblem } from './refuse-register.js';

/** How the register does, for health and alarm. */
export interface RegisterReport {
  /**
   * `stale`: judgement goes on with the last good files, but a newer one could not be had or is not right; `failed`: there is
   * nothing to judge by.
   */
  readonly state: 'ok' | 'stale' | 'failed';
  readonly reason: string | undefined;
  /** What is wrong with the newest register file, by name. */
  readonly problem: RegisterProblem | undefined;
  readonly version: string | undefined;
  readonly publishedAt: Date | undefined;
  readonly entities: number;
  readonly institutions: number;
  readonly unreadable: number;
  readonly checkedAt: Date | undefined;
  /** The version that waits for an operator. */
  readonly quarantined: string | undefined;
  readonly corrections: CorrectionsReport | undefined;
}

/** How the file of credit institutions and national corrections does. */
export interface CorrectionsReport {
  readonly reason: string | undefined;
  readonly version: string | undefined;
  readonly entries: number;
  /** Entries that no longer count. */
  readonly expired: number;
  readonly conflicts: readonly SourceConflict[];
}

/** What the report is made from. */
export interface RegisterState {
  readonly loaded: LoadedRegister | undefined;
  readonly failure: { readonly problem: RegisterProblem; readonly reason: string } | undefined;
  readonly checkedAt: Date | undefined;
  readonly quarantined: string | undefined;
  readonly corrections: CorrectionsStore | undefined;
}

export function reportOnRegister(
  { loaded, failure, checkedAt, quarantined, corrections }: RegisterState,
  now: Date,
): RegisterReport {
  const other = corrections === undefined ? undefined : reportOnCorrections(corrections, loaded, now);
  const reason = failure?.reason ?? other?.reason;
  const failed = loaded === undefined || (other !== undefined && other.version === undefined);
  return {
    state: failed ? 'failed' : reason === undefined ? 'ok' : 'stale',
    reason,
    problem: failure?.problem,
    version: loaded?.version,
    publishedAt: loaded?.publishedAt,
    entities: loaded?.entities ?? 0,
    institutions: loaded?.index.institutions ?? 0,
    unreadable: loaded?.unreadable ?? 0,
    checkedAt,
    quarantined,
    corrections: other,
  };
}

function reportOnCorrections(
  corrections: CorrectionsStore,
  register: LoadedRegister | undefined,
  now: Date,
): CorrectionsReport {
  const current = corrections.current();
  const entries = current?.entries ?? [];
  return {
    reason: corrections.failure(),
    version: current?.version,
    entries: entries.length,
    expired: entries.filter((entry) => !isInForce(entry, now)).length,
    conflicts:
      current === undefined || register === undefined ? [] : conflictsBetweenSources(register.index, current, now),
  };
}
