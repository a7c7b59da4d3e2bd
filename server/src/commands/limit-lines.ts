import type { Logger } from 'pino';
import { describeFault } from './describe-fault.js';

/** A logger whose lines nobody can make many of. */
export interface LimitedLogger {
  readonly logger: Logger;
  /** Tells what is still counted, and stops. */
  close(): void;
}

const minute = 60_000;
const mostKinds = 200;
const levels = ['info', 'warn', 'error'] as const;
/** What tells lines of the same words apart. */
const telling = ['code', 'kind', 'alarm'] as const;

type Line = readonly [given: Readonly<Record<string, unknown>>, text: string];

/**
 * Writes the first line of a kind within a minute and counts the others; once a minute it says how many of each these were. What is
 * asked of us must not fill a disk, and the audit has what happened. Of kinds there are 200 in a minute, all others are one.
 */
export function limitLines(logger: Logger): LimitedLogger {
  let counts = new Map<string, number>();
  const tell = () => {
    for (const [line, further] of counts)
      if (further > 0) logger.warn({ line, further }, 'further lines within a minute');
    counts = new Map();
  };
  const timer = setInterval(tell, minute);
  timer.unref();
  const limited =
    (level: (typeof levels)[number]) =>
    (...[given, text]: Line) => {
      const named = `${level} ${kindOf(given, text)}`;
      const kind = counts.has(named) || counts.size < mostKinds ? named : 'others';
      const before = counts.get(kind);
      counts.set(kind, before === undefined ? 0 : before + 1);
      if (before === undefined) logger[level](given, text);
    };
  return {
    logger: Object.create(logger, Object.fromEntries(levels.map((level) => [level, { value: limited(level) }]))),
    close: () => {
      clearInterval(timer);
      tell();
    },
  };
}

function kindOf(given: Line[0], text: string): string {
  const told = telling.flatMap((name) => (typeof given[name] === 'string' ? [given[name]] : []));
  return [text, ...told, ...placeOf(given['cause'])].join(', ');
}

function placeOf(cause: unknown): readonly string[] {
  if (cause === undefined) return [];
  const { type, frames = [] } = describeFault(cause);
  return [type, ...frames.slice(0, 1)];
}
