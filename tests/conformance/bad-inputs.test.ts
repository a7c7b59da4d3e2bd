import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const casesEach = 2_000;

/** The whole of it, a hundred thousand cases to each reader, is `node bench/fuzz.mjs`; how long a case takes is told, not asserted. */
test(`C57 to C59: no reader fails on any of ${casesEach} altered inputs`, () => {
  const program = resolve(import.meta.dirname, '../../bench/fuzz.mjs');
  const ran = spawnSync(process.execPath, [program, '--cases', `${casesEach}`, '--limit', '5000'], {
    encoding: 'utf8',
  });
  console.log(ran.stdout.trim());
  expect(ran.stderr).toBe('');
  const readers = Number(/, ([0-9]+) readers, /.exec(ran.stdout)?.[1]);
  const failed = [...ran.stdout.matchAll(/ ([0-9]+) failed; /g)].map(([, count]) => count);
  expect(readers).toBeGreaterThan(12);
  expect(failed).toEqual(Array(readers).fill('0'));
  expect(ran.status).toBe(0);
});
