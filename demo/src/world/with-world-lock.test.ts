import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withWorldLock } from './with-world-lock.js';

let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'demo-lock-'));
});

afterAll(() => rm(directory, { recursive: true }));

test('one at a time, and nothing is left behind', async () => {
  let inside = 0;
  const seen = await Promise.all(
    Array.from({ length: 8 }, () =>
      withWorldLock(join(directory, 'lock'), async () => {
        inside += 1;
        await turn();
        const together = inside;
        inside -= 1;
        return together;
      }),
    ),
  );
  expect(seen).toEqual(Array(8).fill(1));
  expect(await readdir(directory)).toEqual([]);
});

test('a lock whose owner has ended is taken over', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  const lock = join(directory, 'lock');
  await mkdir(lock);
  await writeFile(join(lock, 'owner'), `${pid}-left-behind`);
  await expect(withWorldLock(lock, async () => 'done')).resolves.toBe('done');
});

test('an action that fails gives the lock back', async () => {
  const lock = join(directory, 'lock');
  await expect(withWorldLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(withWorldLock(lock, async () => 'done')).resolves.toBe('done');
});
