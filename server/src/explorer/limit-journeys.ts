import { Refusal } from '@postern/core/refusal/refusal.js';
import { limitBySource, type SourceLimits } from '../http/limit-by-source.js';

export interface JourneyLimits extends SourceLimits {
  /** At the same time, on this node. */
  readonly atOnce: number;
}

/** Bounds journeys: each costs two keys, two certificates and a dozen connections. Throws Refusal RATE_LIMITED with the time to wait. */
export function limitJourneys(limits: JourneyLimits, clock: () => Date) {
  let running = 0;
  const count = limitBySource(limits, clock);

  const enter = (source: string) => {
    if (running >= limits.atOnce) throw tooMany(1);
    const wait = count(source);
    if (wait !== undefined) throw tooMany(wait);
  };

  /** Runs a journey of that source, if there is room for it. */
  return async <T>(source: string, run: () => Promise<T>): Promise<T> => {
    enter(source);
    running += 1;
    try {
      return await run();
    } finally {
      running -= 1;
    }
  };
}

function tooMany(retryAfterSeconds: number): Refusal {
  return new Refusal('RATE_LIMITED', 'Too many journeys are under way, or were begun lately.', { retryAfterSeconds });
}
