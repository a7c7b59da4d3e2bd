import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DemoError } from '../demo-error.js';

const RETRY_MILLISECONDS = 20;
const GIVE_UP_MILLISECONDS = 20_000;
/** No action under the lock lasts longer; the owner's process number may have been given to another process. */
const STALE_MILLISECONDS = 60_000;

/**
 * Runs an action while holding the lock directory, which other processes on the same world respect.
 * A lock whose owner is gone is taken over. Throws DemoError when it is not free within 20 s.
 */
export async function withWorldLock<T>(lock: string, action: () => Promise<T>): Promise<T> {
  const token = `${process.pid}-${randomBytes(8).toString('hex')}`;
  await acquire(lock, token);
  try {
    return await action();
  } finally {
    await release(lock);
  }
}

/** Moved away before it is deleted: deleting in place would leave it empty for a moment, free to be taken and then lost. */
async function release(lock: string): Promise<void> {
  const released = `${lock}.released-${randomBytes(6).toString('hex')}`;
  await rename(lock, released);
  await rm(released, { recursive: true, force: true });
}

async function acquire(lock: string, token: string): Promise<void> {
  const deadline = performance.now() + GIVE_UP_MILLISECONDS;
  await mkdir(dirname(lock), { recursive: true });
  while (!(await take(lock, token))) {
    if (performance.now() > deadline) {
      throw new DemoError(`the demo world is in use by another process; if none is running, delete ${lock}`);
    }
    await removeStale(lock);
    await delay(RETRY_MILLISECONDS);
  }
}

/** The directory is renamed into place with its owner inside, so that a lock never exists without one. */
async function take(lock: string, token: string): Promise<boolean> {
  const candidate = `${lock}.${token}`;
  await mkdir(candidate);
  await writeFile(join(candidate, 'owner'), token);
  try {
    await rename(candidate, lock);
    return true;
  } catch (error) {
    await rm(candidate, { recursive: true, force: true });
    if (['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      return false;
    }
    throw error;
  }
}

async function removeStale(lock: string): Promise<void> {
  const owner = await readOwner(lock);
  if (owner === undefined || !(await isStale(lock, owner))) {
    return;
  }
  const removed = `${lock}.stale-${randomBytes(6).toString('hex')}`;
  await rename(lock, removed).catch(() => undefined);
  if ((await readOwner(removed)) === owner) {
    await rm(removed, { recursive: true, force: true });
  } else {
    // Someone else took the stale lock over in between: what was moved away is theirs.
    await rename(removed, lock).catch(() => undefined);
  }
}

async function isStale(lock: string, owner: string): Promise<boolean> {
  const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
  return Date.now() - mtimeMs > STALE_MILLISECONDS || !isRunning(Number.parseInt(owner, 10));
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function readOwner(lock: string): Promise<string | undefined> {
  return readFile(join(lock, 'owner'), 'utf8').catch(() => undefined);
}
