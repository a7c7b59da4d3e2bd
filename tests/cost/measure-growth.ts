/** What may be asked for twice the input: 2 is linear, 4 is quadratic. */
export const mostGrowth = 2.5;

const rounds = 16;
const turns = 2;
const leastMicroseconds = 300;
/** Of the whole input: what costs less is not looked at more closely, whatever it is beside the half. */
const cheapMicroseconds = 100;

/** The same parser over an input at its limit, over half of it, and over a quarter. */
export interface Sizes {
  readonly full: () => unknown;
  readonly half: () => unknown;
  readonly quarter: () => unknown;
}

/**
 * How much more processor time an input takes than one of half its size; 1 where it is cheap. A step that comes once, such as memory of
 * another kind for what is large, is no growth: where the whole takes too much beside the half, the half must do so beside the quarter.
 */
export function measureGrowth({ full, half, quarter }: Sizes): number {
  if (Math.min(time(full, 1), time(full, 1), time(full, 1)) < cheapMicroseconds) return 1;
  const growth = compare(half, full);
  return growth <= mostGrowth ? growth : Math.min(growth, compare(quarter, half));
}

/** Of each the least of some turns counts, and the least ratio of some rounds: what else the machine does makes single ones dearer, and never all. */
function compare(small: () => unknown, large: () => unknown): number {
  let growth = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds && growth > mostGrowth; round += 1) {
    const times = Math.ceil(leastMicroseconds / Math.min(time(small, 1), time(small, 1)));
    const least = { small: Number.POSITIVE_INFINITY, large: Number.POSITIVE_INFINITY };
    for (let turn = 0; turn < turns; turn += 1) {
      least.small = Math.min(least.small, time(small, times));
      least.large = Math.min(least.large, time(large, times));
    }
    growth = Math.min(growth, least.large / least.small);
  }
  return growth;
}

/** What was read last: nothing is left out because nobody needs it. */
export let last: unknown;

/** Microseconds of this process, to the microsecond (a thread's own clock goes by ticks); what is refused has been read as well. */
function time(work: () => unknown, times: number): number {
  const before = process.cpuUsage();
  for (let count = 0; count < times; count += 1) {
    try {
      last = work();
    } catch (refusal) {
      last = refusal;
    }
  }
  const { user, system } = process.cpuUsage(before);
  return Math.max(user + system, 1);
}
