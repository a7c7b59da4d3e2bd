/** A place that was taken. */
export interface Opened {
  leave(): void;
}

/** The connections of each source, and those above its limit that are held before they are closed. */
export interface OpenConnections {
  /** Undefined where the source has as many as it may. */
  enter(source: string): Opened | undefined;
  /** Undefined where too many are held already. */
  hold(source: string): Opened | undefined;
}

/** Of all sources together. */
const mostHeld = 1_024;
/** Of one source, as many times as it may have connections. */
const heldTimes = 4;

export function createOpenConnections(perSource: number): OpenConnections {
  const open = createCounts();
  const held = createCounts();
  return {
    enter: (source) => (open.of(source) < perSource ? open.add(source) : undefined),
    hold: (source) => (held.all() < mostHeld && held.of(source) < perSource * heldTimes ? held.add(source) : undefined),
  };
}

function createCounts() {
  const counts = new Map<string, number>();
  let all = 0;
  const change = (source: string, by: 1 | -1) => {
    const count = (counts.get(source) ?? 0) + by;
    all += by;
    if (count === 0) counts.delete(source);
    else counts.set(source, count);
  };
  return {
    all: () => all,
    of: (source: string) => counts.get(source) ?? 0,
    add: (source: string): Opened => {
      change(source, 1);
      return { leave: () => change(source, -1) };
    },
  };
}
