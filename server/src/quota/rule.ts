/** How often something may be done: `most` at once, and as many again within each `perSeconds` (a token bucket). */
export interface QuotaRule {
  /** In figures and in the store. */
  readonly name: string;
  readonly most: number;
  readonly perSeconds: number;
}

/** What came of an attempt: the time at which the quota is whole again, milliseconds; or the seconds until there is room. */
export type Taken = { readonly wholeAt: number } | { readonly waitSeconds: number };

/** The most that a quota may be overdrawn by what is charged after the fact, milliseconds. */
const longestDebt = 60_000;
/** Milliseconds within which two times are the same. */
const tolerance = 0.5;

/**
 * Takes one from a quota that is whole at `wholeAt`; both times are milliseconds. Pure; a time too far ahead is of a clock that was wrong, and
 * counts for nothing.
 */
export function takeFrom(rule: QuotaRule, wholeAt: number, now: number): Taken {
  const next = beginOf(rule, wholeAt, now) + eachMilliseconds(rule);
  const excess = next - now - millisecondsOf(rule);
  return excess <= tolerance ? { wholeAt: next } : { waitSeconds: excess / 1_000 };
}

/** When a quota is whole again from which `cost` is taken, whether or not there is room for it; a minute after it would be from empty at the latest. */
export function chargeTo(
  rule: QuotaRule,
  wholeAt: number,
  { now, cost }: { readonly now: number; readonly cost: number },
): number {
  return Math.min(beginOf(rule, wholeAt, now) + cost * eachMilliseconds(rule), latestOf(rule, now));
}

/** The latest time at which a quota can be whole again, milliseconds. */
export function latestOf(rule: QuotaRule, now: number): number {
  return now + millisecondsOf(rule) + longestDebt;
}

/** The milliseconds in which an empty quota becomes whole. */
export function millisecondsOf({ perSeconds }: QuotaRule): number {
  return perSeconds * 1_000;
}

/** The milliseconds after which there is room for one more. */
export function eachMilliseconds(rule: QuotaRule): number {
  return millisecondsOf(rule) / rule.most;
}

function beginOf(rule: QuotaRule, wholeAt: number, now: number): number {
  return wholeAt > latestOf(rule, now) ? now : Math.max(wholeAt, now);
}
