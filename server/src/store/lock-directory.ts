import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Another process has the data directory. */
export class DirectoryInUse extends Error {}

/**
 * Takes the lock file of a data directory; returns how to let go of it.
 * Throws DirectoryInUse when a live process holds it. A lock whose process is gone is taken over.
 */
export function lockDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, 'postern.lock');
  if (!create(file)) {
    const holder = Number.parseInt(readFileSync(file, 'utf8'), 10);
    if (isAlive(holder)) {
      throw new DirectoryInUse(
        `${directory} is in use by the process ${holder}: stop it first (Ctrl-C), or choose another directory`,
      );
    }
    rmSync(file, { force: true });
    if (!create(file)) throw new DirectoryInUse(`${directory} was taken by another process at this moment`);
  }
  return () => rmSync(file, { force: true });
}

function create(file: string): boolean {
  try {
    const descriptor = openSync(file, 'wx', 0o600);
    writeSync(descriptor, String(process.pid));
    closeSync(descriptor);
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    throw cause;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}
