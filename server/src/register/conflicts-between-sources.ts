import { findCandidates, type RegisterIndex } from '@postern/core/register/match-organization.js';
import { reconcileSources } from '@postern/core/register/reconcile-sources.js';
import type { LoadedCorrections } from './corrections-store.js';

/** An institution on which the sources differ, for an operator to look at. */
export interface SourceConflict {
  readonly authority: string;
  readonly number: string;
  readonly agreement: 'restricted' | 'overridden' | 'undecided';
  readonly differences: readonly string[];
}

interface KeptConflicts {
  readonly register: RegisterIndex;
  readonly at: Date;
  readonly conflicts: readonly SourceConflict[];
}

const kept = new WeakMap<LoadedCorrections, KeptConflicts>();
const keptMilliseconds = 60_000;

/** Every institution of which the sources do not say the same; as of a minute ago at most, for reports are asked for often. */
export function conflictsBetweenSources(
  register: RegisterIndex,
  corrections: LoadedCorrections,
  now: Date,
): readonly SourceConflict[] {
  const known = kept.get(corrections);
  if (known?.register === register && Math.abs(now.getTime() - known.at.getTime()) < keptMilliseconds)
    return known.conflicts;
  const conflicts = findConflicts(register, corrections, now);
  kept.set(corrections, { register, at: now, conflicts });
  return conflicts;
}

function findConflicts(register: RegisterIndex, { index }: LoadedCorrections, now: Date): readonly SourceConflict[] {
  return [...index.values()].flatMap((corrections) => {
    const { authority = '', number = '' } = corrections[0] ?? {};
    const reference = { country: authority.slice(0, 2), authority: authority.slice(3), number };
    const { agreement, differences } = reconcileSources(findCandidates(register, reference), corrections, now);
    return agreement === 'alone' || agreement === 'agree' ? [] : [{ authority, number, agreement, differences }];
  });
}
