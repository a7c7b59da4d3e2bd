import { expect, it } from 'vitest';
import { limitBySource } from './limit-by-source.js';

it('gives each source its share of a minute, and all together theirs', () => {
  let time = 0;
  const count = limitBySource({ perMinute: 3, perSource: 2 }, () => new Date(time));
  expect([count('a'), count('a')]).toEqual([undefined, undefined]);
  time = 20_000;
  expect(count('a')).toBe(40);
  expect(count('b')).toBeUndefined();
  expect(count('c')).toBe(40);
  time = 59_999;
  expect(count('a')).toBeGreaterThan(0);
  time = 60_000;
  expect([count('a'), count('c')]).toEqual([undefined, undefined]);
});

it('forgets what a clock that was wrong counted ahead of the time', () => {
  let time = 9_000_000;
  const count = limitBySource({ perMinute: 1, perSource: 1 }, () => new Date(time));
  expect(count('a')).toBeUndefined();
  time = 0;
  expect(count('a')).toBeUndefined();
});
