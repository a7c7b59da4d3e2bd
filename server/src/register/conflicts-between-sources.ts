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

/** Every institution of which the sources do not say the same at a time. */
export function conflictsBetweenSources(
  register: RegisterIndex,
  { index }: LoadedCorrections,
  now: Date,
): readonly SourceConflict[] {
  return [...index.values()].flatMap((corrections) => {
    const { authority = '', number = '' } = corrections[0] ?? {};
    const reference = { country: authority.slice(0, 2), authority: authority.slice(3), number };
    const { agreement, differences } = reconcileSources(findCandidates(register, reference), corrections, now);
    return agreement === 'alone' || agreement === 'agree' ? [] : [{ authority, number, agreement, differences }];
  });
}
