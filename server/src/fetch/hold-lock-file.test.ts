import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { holdLockFile } from './hold-lock-file.js';

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lock-'));
  file = join(directory, 'deeper', 'list.lock');
});
afterEach(() => rm(directory, { recursive: true }));

test('U23: of several that ask one works at a time, and nothing is left behind', async () => {
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await setImmediate();
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 8 }, () => holdLockFile(file, work)));
  expect(most).toBe(1);
  expect(await readdir(join(directory, 'deeper'))).toEqual([]);
});

test('is let go of when the work fails', async () => {
  await expect(holdLockFile(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await holdLockFile(file, async () => 'done')).toBe('done');
});

test('U23: what a process that died left behind is taken over', async () => {
  await holdLockFile(file, async () => {});
  await writeFile(file, '');
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(file, longAgo, longAgo);
  expect(await holdLockFile(file, async () => 'done')).toBe('done');
});
