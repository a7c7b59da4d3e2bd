import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const waitMs = 10_000;
const againMs = 20;
/** What is done under such a lock takes milliseconds: one as old as this was left behind by a process that died. */
const abandonedMs = 30_000;

/**
 * Does work while no other process that asks for the same file does: of several updaters one goes first, the others see what it
 * has done. Rejects with Error when the lock cannot be had within ten seconds.
 */
export async function holdLockFile<T>(file: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  const until = performance.now() + waitMs;
  while (!(await create(file))) {
    if (performance.now() > until) throw new Error(`${file} is held by another process`);
    await removeAbandoned(file);
    await pause(againMs);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function create(file: string): Promise<boolean> {
  try {
    await (await open(file, 'wx', 0o600)).close();
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    throw cause;
  }
}

/** Moved away first: of several that find it abandoned one alone can. */
async function removeAbandoned(file: string): Promise<void> {
  const held = await stat(file).catch(() => undefined);
  if (held === undefined || Date.now() - held.mtimeMs < abandonedMs) return;
  const aside = `${file}.${randomUUID()}`;
  await rename(file, aside).catch(() => undefined);
  await rm(aside, { force: true });
}
