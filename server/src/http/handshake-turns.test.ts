import { describe, expect, it } from 'vitest';
import { createHandshakeTurns } from './handshake-turns.js';

const rule = { name: 'handshakes', most: 10, perSeconds: 1_000_000 };

function open(atOnce: number) {
  const begun: string[] = [];
  const turns = createHandshakeTurns({ atOnce, rule, clock: () => new Date(0) });
  const enter = (source: string, name = source) => turns.enter(source, () => begun.push(name));
  return { begun, turns, enter };
}

describe('turns of handshakes', () => {
  it('begins so many of a source at once, the next ones in their order when one is over', () => {
    const { begun, enter } = open(2);
    const ends = ['one', 'two', 'three', 'four'].map((name) => enter('a', name));
    expect(begun).toEqual(['one', 'two']);
    ends[1]?.();
    ends[1]?.();
    expect(begun).toEqual(['one', 'two', 'three']);
    ends[0]?.();
    expect(begun).toEqual(['one', 'two', 'three', 'four']);
  });

  it('lets no source wait for another', () => {
    const { begun, enter } = open(1);
    enter('a', 'first of a');
    enter('a', 'second of a');
    enter('b');
    expect(begun).toEqual(['first of a', 'b']);
  });

  it('forgets who leaves while waiting', () => {
    const { begun, enter } = open(1);
    const [endFirst, leave] = [enter('a', 'one'), enter('a', 'two'), enter('a', 'three')];
    leave?.();
    endFirst?.();
    expect(begun).toEqual(['one', 'three']);
  });

  it('begins no more than the quota of the source has, less what was charged', () => {
    const { begun, turns, enter } = open(1_000);
    turns.charge('a', 7);
    const ends = Array.from({ length: 5 }, () => enter('a'));
    expect(begun).toHaveLength(3);
    for (const end of ends) end();
  });
});
