import { readFile } from 'node:fs/promises';
import { UsageFault } from '../profile/usage-fault.js';

/** The text of a file that the developer named; UsageFault when it cannot be read. */
export async function readNamedFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw new UsageFault(`the file ${path} cannot be read (${reason})`);
  }
}
