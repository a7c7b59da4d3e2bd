import { Refusal } from '@postern/core/refusal/refusal.js';
import { limited } from './limited.js';

export interface GateOptions {
  /** Of all parties, under way at the same time. */
  readonly atOnce: number;
  /** Of one party, under way at the same time. */
  readonly ofOne: number;
  /** Of one party, waiting for its turn. */
  readonly waitingOfOne: number;
  /** Of all parties, waiting. */
  readonly waiting: number;
  /** Leaving it out, no party rests. */
  readonly rests?: Rests;
}

/** How a party leaves the process to others, while there are any: one of its works at a time, and a rest after each. */
export interface Rests {
  /** Whether others ask for something too. */
  readonly isBeside: (party: string) => boolean;
  /** The rest, as a multiple of how long the work took. */
  readonly times: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Calls back after so many milliseconds. */
  readonly later: (next: () => void, milliseconds: number) => void;
}

/** Lets a bounded amount of work of one kind be under way, so that it leaves the store and the process to other kinds. */
export interface Gate {
  /** Does the work when it is the party's turn. Throws Refusal RATE_LIMITED where too much of that party waits already, SERVER_BUSY where too much of all does. */
  run<T>(party: string, work: () => Promise<T>): Promise<T>;
}

const retryAfterSeconds = 1;
const longestRest = 2_000;

/** Parties take turns: what one of them has waiting is not before what another brings. */
export function createGate(options: GateOptions): Gate {
  const lines = new Map<string, (() => void)[]>();
  const running = new Map<string, number>();
  let total = 0;
  let waiting = 0;

  const { rests } = options;

  const isFree = (party: string) => {
    const most = rests?.isBeside(party) ? 1 : options.ofOne;
    return total < options.atOnce && (running.get(party) ?? 0) < most;
  };
  const begin = (party: string) => {
    total += 1;
    running.set(party, (running.get(party) ?? 0) + 1);
  };
  const leave = (party: string) => {
    const left = (running.get(party) ?? 1) - 1;
    if (left === 0) running.delete(party);
    else running.set(party, left);
    callNext();
  };
  const end = (party: string, begunAt: number) => {
    total -= 1;
    if (!rests?.isBeside(party)) return leave(party);
    rests.later(() => leave(party), Math.min((rests.now() - begunAt) * rests.times, longestRest));
    callNext();
  };
  const callNext = () => {
    for (const [party, line] of lines) {
      if (total >= options.atOnce) return;
      if (!isFree(party)) continue;
      const start = line.shift();
      lines.delete(party);
      if (line.length > 0) lines.set(party, line);
      waiting -= 1;
      begin(party);
      start?.();
    }
  };
  const wait = (party: string): Promise<void> => {
    const line = lines.get(party) ?? [];
    if (line.length >= options.waitingOfOne)
      throw limited('Too many such requests of yours are under way.', retryAfterSeconds);
    if (waiting >= options.waiting)
      throw new Refusal('SERVER_BUSY', 'Too many such requests are under way.', { retryAfterSeconds });
    waiting += 1;
    lines.set(party, line);
    return new Promise((resolve) => line.push(resolve));
  };

  return {
    run: async (party, work) => {
      if (isFree(party) && !lines.has(party)) begin(party);
      else await wait(party);
      const begunAt = rests?.now() ?? 0;
      try {
        return await work();
      } finally {
        end(party, begunAt);
      }
    },
  };
}
