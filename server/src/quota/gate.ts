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
}

/** Lets a bounded amount of work of one kind be under way, so that it leaves the store and the process to other kinds. */
export interface Gate {
  /** Does the work when it is the party's turn. Throws Refusal RATE_LIMITED where too much of that party waits already, SERVER_BUSY where too much of all does. */
  run<T>(party: string, work: () => Promise<T>): Promise<T>;
}

const retryAfterSeconds = 1;

/** Parties take turns: what one of them has waiting is not before what another brings. */
export function createGate(options: GateOptions): Gate {
  const lines = new Map<string, (() => void)[]>();
  const running = new Map<string, number>();
  let total = 0;
  let waiting = 0;

  const isFree = (party: string) => total < options.atOnce && (running.get(party) ?? 0) < options.ofOne;
  const count = (party: string, by: 1 | -1) => {
    const now = (running.get(party) ?? 0) + by;
    total += by;
    if (now === 0) running.delete(party);
    else running.set(party, now);
  };
  const callNext = () => {
    for (const [party, line] of lines) {
      if (total >= options.atOnce) return;
      if (!isFree(party)) continue;
      const begin = line.shift();
      lines.delete(party);
      if (line.length > 0) lines.set(party, line);
      waiting -= 1;
      count(party, 1);
      begin?.();
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
      if (isFree(party) && !lines.has(party)) count(party, 1);
      else await wait(party);
      try {
        return await work();
      } finally {
        count(party, -1);
        callNext();
      }
    },
  };
}
