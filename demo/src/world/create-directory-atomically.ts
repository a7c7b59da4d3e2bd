import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from './write-file-atomically.js';

export interface NewFile {
  readonly name: string;
  readonly content: string;
  /** Private keys are readable by their owner only. */
  readonly secret?: boolean;
}

/**
 * Creates a directory with all its files at once when it does not exist yet, so that keys and the
 * certificates over them are never found half made. To be called under the world's lock.
 */
export async function createDirectoryAtomically(
  path: string,
  makeFiles: () => Promise<readonly NewFile[]>,
): Promise<void> {
  if (existsSync(path)) {
    return;
  }
  const temporary = `${path}.${randomBytes(6).toString('hex')}.new`;
  try {
    const files = await makeFiles();
    await mkdir(temporary, { recursive: true });
    for (const file of files) {
      await writeFileAtomically(join(temporary, file.name), file.content, file.secret ? 0o600 : 0o644);
    }
    await rename(temporary, path);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
