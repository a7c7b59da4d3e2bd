import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readWorldJson } from '../world/read-world-file.js';
import type { WorldPaths } from '../world/world-paths.js';
import { writeFileAtomically } from '../world/write-file-atomically.js';

export type ListName = 'lotl' | 'fr';

export function isListName(text: unknown): text is ListName {
  return text === 'lotl' || text === 'fr';
}

/** What happens to the lists, beside what never changes in them. */
export interface SchemeState {
  /** The current status of the QTSP's service first, then the former ones; empty while it has been granted from the beginning. */
  readonly serviceStatuses: readonly ServiceStatusChange[];
  /** Lists that are no longer renewed. */
  readonly expired: readonly ListName[];
  /** File name, without ending, of the credential that signs the list of FR. */
  readonly signer: string;
  /** Those that the list of lists names for it: the newest and the one before. */
  readonly announced: readonly string[];
}

export interface ServiceStatusChange {
  readonly status: 'granted' | 'withdrawn';
  readonly since: string;
}

const initial: SchemeState = { serviceStatuses: [], expired: [], signer: 'tl-signer', announced: ['tl-signer'] };

export async function readSchemeState(paths: WorldPaths): Promise<SchemeState> {
  const file = stateFile(paths);
  return existsSync(file) ? { ...initial, ...((await readWorldJson(file)) as Partial<SchemeState>) } : initial;
}

/** To be called under the world's lock. */
export async function writeSchemeState(paths: WorldPaths, state: SchemeState): Promise<void> {
  await writeFileAtomically(stateFile(paths), `${JSON.stringify(state, null, 2)}\n`);
}

function stateFile(paths: WorldPaths): string {
  return join(paths.scheme, 'state.json');
}
