import { createHash } from 'node:crypto';
import type { FileCache } from '../fetch/file-cache.js';
import { type ListFloor, parseListFloor, renderListFloor } from './list-floor.js';
import { xmlLimits } from './scan-xml.js';

/** What is kept on disk of the list of one territory. Each file is replaced as a whole; what is read is verified anew. */
export interface ListFiles {
  /** Does work while no other process changes these files. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  readList(): Promise<Uint8Array | undefined>;
  writeList(octets: Uint8Array): Promise<void>;
  /** The list that waits for an operator. */
  readQuarantined(): Promise<Uint8Array | undefined>;
  writeQuarantined(octets: Uint8Array): Promise<void>;
  removeQuarantined(): Promise<void>;
  readFloor(): Promise<ListFloor | undefined>;
  writeFloor(floor: ListFloor): Promise<void>;
  /** SHA-256 of the octets that an operator let in though they list less. */
  readRelease(): Promise<string | undefined>;
  writeRelease(sha256: string): Promise<void>;
}

/** The files of a territory in the cache. */
export function createListFiles(cache: FileCache, territory: string): ListFiles {
  const name = `list-${territory.toLowerCase()}`;
  const { maxBytes } = xmlLimits;
  return {
    exclusively: (work) => cache.exclusively(name, work),
    readList: () => cache.read(`${name}.xml`, maxBytes),
    writeList: (octets) => cache.write(`${name}.xml`, octets),
    readQuarantined: () => cache.read(`${name}.quarantined.xml`, maxBytes),
    writeQuarantined: (octets) => cache.write(`${name}.quarantined.xml`, octets),
    removeQuarantined: () => cache.remove(`${name}.quarantined.xml`),
    readFloor: async () => {
      const octets = await cache.read(`${name}.floor.json`, smallBytes);
      return octets === undefined ? undefined : parseListFloor(octets);
    },
    writeFloor: (floor) => cache.write(`${name}.floor.json`, renderListFloor(floor)),
    readRelease: async () => {
      const octets = await cache.read(`${name}.released`, smallBytes);
      return octets === undefined ? undefined : new TextDecoder().decode(octets).trim();
    },
    writeRelease: (sha256) => cache.write(`${name}.released`, new TextEncoder().encode(`${sha256}\n`)),
  };
}

const smallBytes = 64 * 1024;

/** How octets are named: SHA-256 in lower-case hexadecimal. */
export function digestOf(octets: Uint8Array): string {
  return createHash('sha256').update(octets).digest('hex');
}
