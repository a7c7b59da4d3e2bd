import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { holdLockFile } from './hold-lock-file.js';

/** Keeps the last good files, so that a start does not depend on their sources. What is read back is verified anew. */
export interface FileCache {
  /** The file, or undefined when there is none that can be read, or it is longer than `maxBytes`. */
  read(name: string, maxBytes: number): Promise<Uint8Array | undefined>;
  /** Replaces the file as a whole. Rejects when the disk does. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  remove(name: string): Promise<void>;
  /** Does work while no other process does what it asks for by this name. */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** The files that were last written before; none when there is no directory. */
  list(before: Date): Promise<readonly string[]>;
}

/** A cache in one directory, made when it is first written to. Names are ours: lower-case letters, digits, dots, hyphens. */
export function createFileCache(directory: string): FileCache {
  return {
    read: async (name, maxBytes) => {
      const path = join(directory, checkName(name));
      try {
        return (await stat(path)).size > maxBytes ? undefined : new Uint8Array(await readFile(path));
      } catch {
        return undefined;
      }
    },
    write: async (name, bytes) => {
      const path = join(directory, checkName(name));
      const draft = `${path}.${randomUUID()}`;
      await mkdir(directory, { recursive: true });
      try {
        await writeFile(draft, bytes, { flush: true });
        await rename(draft, path);
      } finally {
        await rm(draft, { force: true });
      }
    },
    exclusively: (name, work) => holdLockFile(join(directory, `${checkName(name)}.lock`), work),
    remove: (name) => rm(join(directory, checkName(name)), { force: true }),
    list: async (before) => {
      const names = await readdir(directory).catch(() => []);
      const ages = await Promise.all(names.map((name) => writtenBefore(join(directory, name), before)));
      return names.filter((_, at) => ages[at]);
    },
  };
}

/** False for what another caller has removed meanwhile. */
async function writtenBefore(path: string, before: Date): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true && found.mtime < before;
}

function checkName(name: string): string {
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(name)) throw new RangeError(`not a name for a cached file: ${name}`);
  return name;
}
