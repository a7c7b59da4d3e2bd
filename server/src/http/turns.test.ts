import { describe, expect, it } from 'vitest';
import { createTurns, startsInOneTurn } from './turns.js';

function world() {
  let milliseconds = 0;
  let ends: (() => void)[] = [];
  const started: string[] = [];
  const turns = createTurns({ now: () => milliseconds, afterTurn: (next) => void ends.push(next) });
  const take = (party: string, times = 1) => {
    for (let time = 0; time < times; time += 1) turns.take(party, () => void started.push(party));
  };
  return {
    take,
    pass: (time: number) => {
      milliseconds += time;
    },
    /** Ends the turn, and answers who was started since this was asked last. */
    turn: (): readonly string[] => {
      const due = ends;
      ends = [];
      const before = started.splice(0);
      for (const end of due) end();
      return [...before, ...started.splice(0)];
    },
    started: () => started.splice(0),
    isIdle: () => ends.length === 0,
  };
}

const times = (party: string, count: number) => Array.from({ length: count }, () => party);

describe('createTurns', () => {
  it('starts at once what one party that is alone asks for, up to what a turn holds', () => {
    const { take, started, turn, isIdle } = world();
    take('a', startsInOneTurn.alone + 3);
    expect(started()).toEqual(times('a', startsInOneTurn.alone));
    expect(turn()).toEqual(times('a', 3));
    turn();
    expect(isIdle()).toBe(true);
  });

  it('starts who asks rarely before what another has waiting', () => {
    const { take, started, turn } = world();
    take('many', 100);
    started();
    take('rare');
    expect(started()).toEqual(['rare']);
    take('rare', 2);
    expect(turn()).toEqual(['rare', 'many', 'rare', 'many']);
    expect(turn()).toEqual(['many', 'many']);
  });

  it('gives each party its part of a turn, however many wait', () => {
    const { take, started, turn } = world();
    for (const party of ['a', 'b', 'c']) take(party, 100);
    started();
    const served = Array.from({ length: 12 }, turn).flat();
    const counts = ['a', 'b', 'c'].map((party) => served.filter((each) => each === party).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });

  it('forgets the company of who has not asked for a while', () => {
    const { take, started, pass, turn } = world();
    take('b');
    take('a', 5);
    expect(started()).toEqual(['b', 'a', 'a']);
    while (turn().length > 0);
    pass(1_000);
    take('a', 5);
    expect(started()).toEqual(times('a', 5));
  });

  it('loses nothing and keeps the order of each party', () => {
    const { turn } = world();
    const order: string[] = [];
    const ends: (() => void)[] = [];
    const turns = createTurns({ now: () => 0, afterTurn: (next) => void ends.push(next) });
    for (let at = 0; at < 200; at += 1) turns.take(`p${at % 7}`, () => void order.push(`p${at % 7} ${at}`));
    while (ends.length > 0) for (const end of ends.splice(0)) end();
    expect(order.length).toBe(200);
    for (let party = 0; party < 7; party += 1) {
      const own = order.filter((each) => each.startsWith(`p${party} `)).map((each) => Number(each.split(' ')[1]));
      expect(own).toEqual([...own].sort((a, b) => a - b));
    }
    expect(turn()).toEqual([]);
  });
});
