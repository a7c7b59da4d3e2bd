import { chargeTo, type QuotaRule, takeFrom } from './rule.js';

/** A quota for each of many keys, on this node. */
export interface Quota {
  /** Takes one where there is room; where there is none it takes nothing, and answers the seconds until there is. */
  take(key: string, now: Date): number | undefined;
  /** The seconds until there is room; undefined where there is. Takes nothing. */
  look(key: string, now: Date): number | undefined;
  /** Takes what something has cost after the fact, room or not. */
  charge(key: string, cost: number, now: Date): void;
}

const mostKeys = 10_000;
/** How many of those taken from longest ago are compared where one must be forgotten. */
const compared = 8;

/**
 * Keeps quotas in memory, of at most 10,000 keys. Where there are more, of those that were taken from longest ago the one that is nearest to
 * whole is forgotten: whoever has many keys crowds out themselves, and nobody is refused for it.
 */
export function createMemoryQuota(rule: QuotaRule, most = mostKeys): Quota {
  const wholeAt = new Map<string, number>();
  const keep = (key: string, time: number) => {
    wholeAt.delete(key);
    if (wholeAt.size >= most) wholeAt.delete(findLeastTelling(wholeAt));
    wholeAt.set(key, time);
  };
  const attempt = (key: string, now: Date) => takeFrom(rule, wholeAt.get(key) ?? 0, now.getTime());
  return {
    take: (key, now) => {
      const taken = attempt(key, now);
      if ('waitSeconds' in taken) return taken.waitSeconds;
      keep(key, taken.wholeAt);
      return undefined;
    },
    look: (key, now) => {
      const taken = attempt(key, now);
      return 'waitSeconds' in taken ? taken.waitSeconds : undefined;
    },
    charge: (key, cost, now) => keep(key, chargeTo(rule, wholeAt.get(key) ?? 0, { now: now.getTime(), cost })),
  };
}

/** Takes one of each quota, or of none; answers the seconds until there is room in all. */
export function takeEach(
  quotas: readonly { readonly quota: Quota; readonly key: string }[],
  now: Date,
): number | undefined {
  const waits = quotas.map(({ quota, key }) => quota.look(key, now)).filter((wait) => wait !== undefined);
  if (waits.length > 0) return Math.max(...waits);
  for (const { quota, key } of quotas) quota.take(key, now);
  return undefined;
}

function findLeastTelling(wholeAt: ReadonlyMap<string, number>): string {
  let found: [string, number] | undefined;
  for (const entry of wholeAt.entries().take(compared)) if (found === undefined || entry[1] < found[1]) found = entry;
  return found?.[0] ?? '';
}
