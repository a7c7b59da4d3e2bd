import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryQuota, takeEach } from './memory-quota.js';

const rule = { name: 'test', most: 3, perSeconds: 60 };
const at = (seconds: number) => new Date(seconds * 1_000);

describe('a quota in memory', () => {
  it('gives as many as it has at once, then one after the other, each key for itself', () => {
    const quota = createMemoryQuota(rule);
    expect([1, 2, 3].map(() => quota.take('a', at(0)))).toEqual([undefined, undefined, undefined]);
    expect(quota.take('a', at(0))).toBeCloseTo(20);
    expect(quota.take('b', at(0))).toBeUndefined();
    expect(quota.take('a', at(19))).toBeCloseTo(1);
    expect(quota.take('a', at(20))).toBeUndefined();
    expect(quota.take('a', at(20))).toBeCloseTo(20);
  });

  it('takes nothing where there is no room, and where it is only looked at', () => {
    const quota = createMemoryQuota(rule);
    for (let count = 0; count < 3; count += 1) quota.take('a', at(0));
    for (let count = 0; count < 100; count += 1) quota.take('a', at(1));
    expect(quota.look('a', at(20))).toBeUndefined();
    expect(quota.look('a', at(20))).toBeUndefined();
    expect(quota.take('a', at(20))).toBeUndefined();
  });

  it('may be overdrawn by what is charged, and not for long', () => {
    const quota = createMemoryQuota(rule);
    quota.charge('a', 4, at(0));
    expect(quota.take('a', at(0))).toBeCloseTo(40);
    quota.charge('a', 1_000_000, at(0));
    quota.charge('a', 1, at(10));
    expect(quota.take('a', at(10))).toBeLessThan(121);
  });

  it('counts for nothing what was taken by a clock that was set back', () => {
    const quota = createMemoryQuota(rule);
    for (let count = 0; count < 3; count += 1) quota.take('a', at(1_000_000));
    expect([1, 2, 3].map(() => quota.take('a', at(0)))).toEqual([undefined, undefined, undefined]);
    expect(quota.take('a', at(0))).toBeCloseTo(20);
  });

  it('keeps no more keys than it may, and forgets those of whoever brings many', () => {
    const quota = createMemoryQuota(rule, 16);
    for (let count = 0; count < 3; count += 1) quota.take('steady', at(0));
    for (let count = 0; count < 1_000; count += 1) {
      quota.take(`stranger ${count}`, at(0));
      expect(quota.take('steady', at(0))).toBeCloseTo(20);
    }
  });

  it('knows nothing any more of a key that it has forgotten', () => {
    const quota = createMemoryQuota(rule, 16);
    quota.take('first', at(0));
    for (let count = 0; count < 100; count += 1) quota.take(`later ${count}`, at(0));
    expect([1, 2, 3].map(() => quota.take('first', at(0)))).toEqual([undefined, undefined, undefined]);
  });

  it('never gives more than twice what it has within its time', () => {
    const times = fc.array(fc.nat(60_000), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(times, (given) => {
        const quota = createMemoryQuota(rule);
        const taken = given.toSorted((a, b) => a - b).filter((time) => quota.take('a', new Date(time)) === undefined);
        expect(taken.length).toBeLessThanOrEqual(2 * rule.most);
      }),
    );
  });
});

describe('several quotas together', () => {
  it('takes of all or of none, and tells the longest wait', () => {
    const [own, all] = [createMemoryQuota(rule), createMemoryQuota({ ...rule, most: 4 })];
    const take = (key: string) =>
      takeEach(
        [
          { quota: own, key },
          { quota: all, key: '' },
        ],
        at(0),
      );
    expect([take('a'), take('a'), take('a')]).toEqual([undefined, undefined, undefined]);
    expect(take('a')).toBeCloseTo(20);
    expect(take('b')).toBeUndefined();
    expect(take('b')).toBeCloseTo(15);
    expect(take('a')).toBeCloseTo(20);
    expect(own.look('b', at(0))).toBeUndefined();
  });
});
