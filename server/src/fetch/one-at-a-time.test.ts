import { expect, test } from 'vitest';
import { oneAtATime } from './one-at-a-time.js';

test('work runs once for all who wait for it, and again for who comes later', async () => {
  let runs = 0;
  const run = oneAtATime(async () => {
    runs += 1;
    return runs;
  });
  expect(await Promise.all([run(), run(), run()])).toEqual([1, 1, 1]);
  expect(await run()).toBe(2);
});

test('work that failed is tried again', async () => {
  let runs = 0;
  const run = oneAtATime(async () => {
    runs += 1;
    if (runs === 1) throw new Error('once');
    return runs;
  });
  await expect(run()).rejects.toThrow('once');
  expect(await run()).toBe(2);
});
