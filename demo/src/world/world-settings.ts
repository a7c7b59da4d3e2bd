import { existsSync } from 'node:fs';
import { readWorldJson } from './read-world-file.js';
import { writeFileAtomically } from './write-file-atomically.js';

export const DEFAULT_WORLD_PORT = 8448;

/** The address that certificates and lists of the world name, e.g. "http://localhost:8448". */
export function worldUrl(port: number): string {
  return `http://localhost:${port}`;
}

/** The recorded address; a given port replaces it, and 8448 is taken when nothing says otherwise. */
export async function openWorldUrl(path: string, port: number | undefined): Promise<string> {
  const recorded = existsSync(path) ? recordedUrl(await readWorldJson(path)) : undefined;
  const url = port === undefined ? (recorded ?? worldUrl(DEFAULT_WORLD_PORT)) : worldUrl(port);
  if (url !== recorded) {
    await writeFileAtomically(path, `${JSON.stringify({ url }, null, 2)}\n`);
  }
  return url;
}

function recordedUrl(settings: unknown): string | undefined {
  const url = (settings as { url?: unknown } | null)?.url;
  return typeof url === 'string' ? url : undefined;
}
