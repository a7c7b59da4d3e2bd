import { describe, expect, it } from 'vitest';
import { createGate, type GateOptions } from './gate.js';

/** Work of parties that ends when it is told to, and what of it has begun. */
function open(options: GateOptions = { atOnce: 3, ofOne: 2, waitingOfOne: 2, waiting: 3 }) {
  const gate = createGate(options);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const run = (name: string) =>
    gate.run(name[0] ?? '', async () => {
      begun.push(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
      return name;
    });
  return { begun, run, end: (name: string) => ends.get(name)?.() };
}

describe('a gate', () => {
  it('lets so much of one party and of all begin, and the rest by turns', async () => {
    const { begun, run, end } = open();
    const all = ['a1', 'a2', 'a3', 'a4', 'b1', 'b2'].map(run);
    await Promise.resolve();
    expect(begun).toEqual(['a1', 'a2', 'b1']);
    end('a1');
    await all[0];
    end('b1');
    await all[4];
    await new Promise(setImmediate);
    expect(begun).toEqual(['a1', 'a2', 'b1', 'a3', 'b2']);
    for (const name of ['a2', 'a3', 'b2']) end(name);
    await Promise.all([all[1], all[2], all[5]]);
    await new Promise(setImmediate);
    end('a4');
    expect(await Promise.all(all)).toEqual(['a1', 'a2', 'a3', 'a4', 'b1', 'b2']);
  });

  it('refuses a party of which too much waits, and all when too much waits in all', async () => {
    const { run, end } = open();
    const kept = ['a1', 'a2', 'a3', 'a4'].map(run);
    await expect(run('a5')).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 1 });
    kept.push(run('b1'), run('b2'));
    await expect(run('c1')).rejects.toMatchObject({ code: 'SERVER_BUSY', retryAfterSeconds: 1 });
    for (const names of [
      ['a1', 'a2', 'b1'],
      ['a3', 'a4', 'b2'],
    ]) {
      for (const name of names) end(name);
      await new Promise(setImmediate);
    }
    expect(await Promise.all(kept)).toHaveLength(6);
  });

  it('beside others does one work of a party at a time, and has it rest after each', async () => {
    let [milliseconds, beside] = [0, true];
    const rests: { readonly next: () => void; readonly milliseconds: number }[] = [];
    const { begun, run, end } = open({
      ...{ atOnce: 3, ofOne: 2, waitingOfOne: 9, waiting: 9 },
      rests: {
        isBeside: () => beside,
        times: 3,
        now: () => milliseconds,
        later: (next, rest) => void rests.push({ next, milliseconds: rest }),
      },
    });
    const all = ['a1', 'a2', 'a3', 'b1'].map(run);
    await new Promise(setImmediate);
    expect(begun).toEqual(['a1', 'b1']);
    milliseconds = 40;
    end('a1');
    await all[0];
    await new Promise(setImmediate);
    expect([begun, rests.map((rest) => rest.milliseconds)]).toEqual([['a1', 'b1'], [120]]);
    rests.shift()?.next();
    await new Promise(setImmediate);
    expect(begun).toEqual(['a1', 'b1', 'a2']);
    beside = false;
    for (const name of ['b1', 'a2']) end(name);
    await Promise.all([all[1], all[3]]);
    await new Promise(setImmediate);
    expect([begun, rests]).toEqual([['a1', 'b1', 'a2', 'a3'], []]);
    end('a3');
    await Promise.all(all);
  });

  it('lets nobody pass those of the same party that wait', async () => {
    let resting: (() => void) | undefined;
    const { begun, run, end } = open({
      ...{ atOnce: 3, ofOne: 3, waitingOfOne: 9, waiting: 9 },
      rests: {
        isBeside: (party) => party === 'a' && begun.length < 2,
        times: 1,
        now: () => 0,
        later: (next) => (resting = next),
      },
    });
    const all = ['a1', 'a2', 'b1'].map(run);
    await new Promise(setImmediate);
    // From now on there would be room for another one of a's beside the one that waits.
    const last = run('a3');
    await new Promise(setImmediate);
    expect(begun).toEqual(['a1', 'b1']);
    end('a1');
    await all[0];
    resting?.();
    await new Promise(setImmediate);
    expect(begun).toEqual(['a1', 'b1', 'a2', 'a3']);
    for (const name of ['b1', 'a2', 'a3']) end(name);
    await Promise.all([...all, last]);
  });

  it('counts those who wait no longer out, and lets no rest be endless', async () => {
    const rests: number[] = [];
    const { run, end } = open({
      ...{ atOnce: 1, ofOne: 1, waitingOfOne: 1, waiting: 1 },
      rests: {
        isBeside: () => true,
        times: 3,
        now: () => 60_000 * rests.length + 60_000 * ended,
        later: (next, milliseconds) => {
          rests.push(milliseconds);
          next();
        },
      },
    });
    let ended = 0;
    for (const [first, second] of [
      ['a1', 'b1'],
      ['a2', 'b2'],
      ['a3', 'b3'],
    ] as const) {
      const both = [run(first), run(second)];
      await new Promise(setImmediate);
      ended += 1;
      end(first);
      await new Promise(setImmediate);
      end(second);
      await Promise.all(both);
    }
    expect(Math.max(...rests)).toBe(2_000);
  });

  it('lets others begin while a party rests', async () => {
    const { begun, run, end } = open({
      ...{ atOnce: 1, ofOne: 1, waitingOfOne: 9, waiting: 9 },
      rests: { isBeside: () => true, times: 1, now: () => 0, later: () => undefined },
    });
    const [first, , second] = ['a1', 'a2', 'b1'].map(run);
    await new Promise(setImmediate);
    end('a1');
    await first;
    await new Promise(setImmediate);
    expect(begun).toEqual(['a1', 'b1']);
    end('b1');
    await second;
  });

  it('goes on after work that failed', async () => {
    const gate = createGate({ atOnce: 1, ofOne: 1, waitingOfOne: 1, waiting: 1 });
    const failed = gate.run('a', () => Promise.reject(new Error('failed')));
    const next = gate.run('b', async () => 'done');
    await expect(failed).rejects.toThrow('failed');
    expect(await next).toBe('done');
  });
});
