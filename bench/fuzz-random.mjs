/** A generator of numbers that gives the same ones for the same seed (mulberry32). */
export function createRandom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return {
    /** From 0 to below the limit. */
    below: (limit) => next() % Math.max(1, limit),
    pick: (list) => list[next() % list.length],
    bytes: (length) => Uint8Array.from({ length }, () => next() & 0xff),
  };
}
