import { describe, expect, it } from 'vitest';
import { createTurns, freeRefusals, startsInOneTurn } from './turns.js';

function world() {
  let milliseconds = 0;
  let ends: (() => void)[] = [];
  const started: string[] = [];
  let waits: (() => void)[] = [];
  const turns = createTurns({
    now: () => milliseconds,
    afterTurn: (next) => void ends.push(next),
    later: (next) => void waits.push(next),
  });
  const take = (party: string, times = 1) => {
    for (let time = 0; time < times; time += 1) turns.take(party, () => void started.push(party));
  };
  return {
    take,
    refuse: (party: string, times: number) => {
      for (let time = 0; time < times; time += 1) turns.noteRefusal(party);
    },
    /** Lets time pass, and what was to be called back then be called. */
    pass: (time: number) => {
      milliseconds += time;
      const due = waits;
      waits = [];
      for (const call of due) call();
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

  it('starts no more in a turn than it may for all together', () => {
    const { take, started, turn } = world();
    for (let party = 0; party < 2 * startsInOneTurn.together; party += 1) take(`p${party}`);
    expect(started()).toHaveLength(startsInOneTurn.together);
    expect(turn()).toHaveLength(startsInOneTurn.together);
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

  it('serves at a bounded pace who is refused all the time, beside others, and nobody else', () => {
    const { take, started, refuse, pass, turn } = world();
    take('other');
    refuse('refused', freeRefusals.atOnce);
    take('refused', 3);
    take('other');
    expect([...started(), ...turn(), ...turn()]).toEqual(['other', 'other']);
    take('refused', 50);
    const served = Array.from({ length: freeRefusals.perSecond }, () => {
      take('other');
      pass(1_000 / freeRefusals.perSecond);
      const { length } = turn().filter((party) => party === 'refused');
      refuse('refused', length);
      return length;
    });
    const inASecond = served.reduce((sum, count) => sum + count);
    expect(inASecond).toBeGreaterThanOrEqual(freeRefusals.perSecond - startsInOneTurn.beside);
    expect(inASecond).toBeLessThanOrEqual(freeRefusals.perSecond + startsInOneTurn.beside);
  });

  it('lets who was refused too often go on at once when nobody else asks', () => {
    const { take, started, refuse, pass, turn } = world();
    take('other');
    refuse('refused', 2 * freeRefusals.atOnce);
    take('refused', 3);
    started();
    turn();
    pass(1_000);
    expect(turn()).toEqual(['refused', 'refused', 'refused']);
  });

  it('looks again by itself, and not all the time, while only such a party waits', () => {
    const { take, refuse, turn, isIdle, pass } = world();
    take('other');
    refuse('refused', freeRefusals.atOnce);
    take('refused');
    turn();
    turn();
    expect(isIdle()).toBe(true);
    pass(1_000 / freeRefusals.perSecond);
    expect(isIdle()).toBe(false);
    expect(turn()).toEqual(['refused']);
  });

  it('loses nothing and keeps the order of each party', () => {
    const { turn } = world();
    const order: string[] = [];
    const ends: (() => void)[] = [];
    const turns = createTurns({ now: () => 0, afterTurn: (next) => void ends.push(next), later: () => undefined });
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
