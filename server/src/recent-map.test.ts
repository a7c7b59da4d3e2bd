import { describe, expect, it } from 'vitest';
import { createRecentMap } from './recent-map.js';

describe('createRecentMap', () => {
  it('keeps at most so many, and what was asked for lately', () => {
    const map = createRecentMap<number>(10);
    for (let key = 0; key < 1_000; key += 1) {
      map.set(`${key}`, key);
      expect(map.get('0')).toBe(0);
    }
    const kept = Array.from({ length: 1_000 }, (_, key) => map.get(`${key}`)).filter((value) => value !== undefined);
    expect(kept.length).toBeLessThanOrEqual(10);
  });

  it('keeps the last half whatever was asked for', () => {
    const map = createRecentMap<number>(10);
    for (let key = 0; key < 100; key += 1) map.set(`${key}`, key);
    for (let key = 95; key < 100; key += 1) expect(map.get(`${key}`)).toBe(key);
  });

  it('has the last value of a key', () => {
    const map = createRecentMap<number>(4);
    for (const value of [1, 2, 3]) map.set('a', value);
    for (const key of ['b', 'c', 'd']) map.set(key, 0);
    expect(map.get('a') ?? 3).toBe(3);
  });
});
