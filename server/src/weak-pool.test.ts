import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { createWeakPool } from './weak-pool.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

it('gives what somebody holds again, and makes anew what nobody held', async () => {
  const pool = createWeakPool<{ readonly n: number }>();
  let made = 0;
  const take = () => pool('key', () => ({ n: ++made }));
  const held = take();
  expect(take()).toBe(held);
  pool('other', () => ({ n: 0 }));
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  await new Promise((resolve) => setImmediate(resolve));
  expect(take()).toBe(held);
  expect(pool('other', () => ({ n: 1 }))).toEqual({ n: 1 });
});
