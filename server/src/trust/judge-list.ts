import type { ListFloor } from './list-floor.js';
import type { TrustedList } from './trusted-list.js';

/** What a list has to be, and what was in force before it. */
export interface ListExpectation {
  readonly territory: string;
  readonly kind: TrustedList['kind'];
  /** Undefined when no list was ever in force. */
  readonly floor: ListFloor | undefined;
  /** Whether an operator let exactly these octets in, though they list less. */
  readonly released: boolean;
  /** The pivots that lead to the list of lists; empty for others. */
  readonly pivots: readonly number[];
  readonly journalAddress: string | undefined;
}

/** A list takes the place of the one in force, is refused, or waits for an operator; each with the reason. */
export type ListJudgement =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'refused' | 'quarantined'; readonly reason: string };

/** Judges a list whose signature verified against what was in force before it. */
export function judgeList(list: TrustedList, expected: ListExpectation): ListJudgement {
  const reason = misplacement(list, expected) ?? rollback(list, expected);
  if (reason !== undefined) return { outcome: 'refused', reason };
  const loss = expected.released || expected.floor === undefined ? undefined : shrinkage(list, expected.floor);
  return loss === undefined ? { outcome: 'accepted' } : { outcome: 'quarantined', reason: loss };
}

function misplacement(list: TrustedList, { territory, kind }: ListExpectation): string | undefined {
  if (list.territory !== territory) return `The list is of ${list.territory}, where that of ${territory} is expected.`;
  if (list.kind !== kind) return `The list is not a ${kind === 'national' ? 'national list' : 'list of lists'}.`;
  return undefined;
}

/** Sequence numbers never go back, and pivots that were followed stay in the way from the same notice. */
function rollback(list: TrustedList, { floor, pivots, journalAddress }: ListExpectation): string | undefined {
  if (floor === undefined) return undefined;
  const older = list.sequence < floor.sequence || (list.sequence === floor.sequence && list.issuedAt < floor.issuedAt);
  if (older) return `The list has the sequence number ${list.sequence}; ${floor.sequence} was accepted before.`;
  const missing = floor.pivots.find((pivot) => !pivots.includes(pivot));
  if (missing !== undefined && journalAddress === floor.journalAddress)
    return `The list no longer names pivot ${missing}, which was followed before.`;
  return undefined;
}

/** Lists grow: entries are withdrawn, not removed. A fifth gone, or all for websites, is a mistake or an attack until shown. */
function shrinkage(list: TrustedList, floor: ListFloor): string | undefined {
  const { entries, websites } = countEntries(list);
  if (entries < floor.entries * largestKept) return `it has ${entries} entries, where it had ${floor.entries}`;
  if (websites === 0 && floor.websites > 0)
    return `it has no entry for website certificates, where it had ${floor.websites}`;
  return undefined;
}

const largestKept = 0.8;

/** The services of a list, whatever their status, or the territories that a list of lists points to beside itself. */
export function countEntries(list: TrustedList): { readonly entries: number; readonly websites: number } {
  if (list.kind === 'list-of-lists') {
    const others = list.pointers.filter(({ territory }) => territory !== list.territory);
    return { entries: new Set(others.map(({ territory }) => territory)).size, websites: 0 };
  }
  const websites = list.services.filter(({ statuses }) => statuses[0]?.uses.includes('website')).length;
  return { entries: list.services.length, websites };
}
