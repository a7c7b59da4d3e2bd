import { readFile } from 'node:fs/promises';
import { DemoError } from '../demo-error.js';

/** The text of a file that the world must have; throws DemoError when it is not there. */
export async function readWorldFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new DemoError(
        `${path} is missing: the demo world is damaged; delete its demo directory to start a new one`,
      );
    }
    throw error;
  }
}

/** The same for JSON; throws DemoError when it cannot be read. */
export async function readWorldJson(path: string): Promise<unknown> {
  const text = await readWorldFile(path);
  try {
    return JSON.parse(text);
  } catch {
    throw new DemoError(`${path} is not JSON: the demo world is damaged; delete its demo directory to start a new one`);
  }
}
