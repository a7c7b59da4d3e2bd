import { Refusal } from '@postern/core/refusal/refusal.js';

export interface JourneyLimits {
  /** At the same time, on this node. */
  readonly atOnce: number;
  /** Begun within a minute, on this node. */
  readonly perMinute: number;
  /** Of these, of one source. */
  readonly perSource: number;
}

const minute = 60_000;

/** Bounds journeys: each costs two keys, two certificates and a dozen connections. Throws Refusal RATE_LIMITED with the time to wait. */
export function limitJourneys(limits: JourneyLimits, clock: () => Date) {
  let running = 0;
  let began: readonly { readonly source: string; readonly at: number }[] = [];

  const enter = (source: string) => {
    const now = clock().getTime();
    began = began.filter(({ at }) => at <= now && now - at < minute);
    const own = began.filter((each) => each.source === source);
    if (running >= limits.atOnce) throw tooMany(1);
    if (own.length >= limits.perSource) throw tooMany(untilOver(own, now));
    if (began.length >= limits.perMinute) throw tooMany(untilOver(began, now));
    began = [...began, { source, at: now }];
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

function untilOver([oldest]: readonly { readonly at: number }[], now: number): number {
  return ((oldest?.at ?? now) + minute - now) / 1_000;
}

function tooMany(retryAfterSeconds: number): Refusal {
  return new Refusal('RATE_LIMITED', 'Too many journeys are under way, or were begun lately.', { retryAfterSeconds });
}
