import { createMemoryQuota } from '../quota/memory-quota.js';
import type { QuotaRule } from '../quota/rule.js';

export interface HandshakeTurnsOptions {
  /** Of one source, begun and not over. */
  readonly atOnce: number;
  readonly rule: QuotaRule;
  readonly clock: () => Date;
}

/** Handshakes of each source one after the other: so many at once, and no more within a time than its quota has. */
export interface HandshakeTurns {
  /** Calls `begin` when it is its turn; answers what ends the turn, or the wait for it. */
  enter(source: string, begin: () => void): () => void;
  /** Takes more of a source's quota for what a handshake has cost. */
  charge(source: string, cost: number): void;
}

interface Line {
  readonly waiting: Set<() => void>;
  underWay: number;
  timer: NodeJS.Timeout | undefined;
}

/** Whoever waits costs nothing but its place: those of another source are not behind it. */
export function createHandshakeTurns({ atOnce, rule, clock }: HandshakeTurnsOptions): HandshakeTurns {
  const lines = new Map<string, Line>();
  const quota = createMemoryQuota(rule);

  const advance = (source: string, line: Line) => {
    clearTimeout(line.timer);
    for (const begin of line.waiting) {
      if (line.underWay >= atOnce) return;
      const seconds = quota.take(source, clock());
      if (seconds !== undefined) {
        line.timer = setTimeout(() => advance(source, line), Math.ceil(seconds * 1_000));
        return;
      }
      line.waiting.delete(begin);
      line.underWay += 1;
      begin();
    }
    if (line.underWay === 0 && line.waiting.size === 0) lines.delete(source);
  };

  return {
    enter: (source, begin) => {
      const line: Line = lines.get(source) ?? { waiting: new Set(), underWay: 0, timer: undefined };
      lines.set(source, line);
      const turn = () => begin();
      line.waiting.add(turn);
      advance(source, line);
      let over = false;
      return () => {
        if (over) return;
        over = true;
        if (!line.waiting.delete(turn)) line.underWay -= 1;
        advance(source, line);
      };
    },
    charge: (source, cost) => quota.charge(source, cost, clock()),
  };
}
