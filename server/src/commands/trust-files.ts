import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { GuardedFetch } from '../fetch/guarded-fetch.js';
import { digestOf } from '../trust/list-files.js';
import { xmlLimits } from '../trust/scan-xml.js';
import type { ListPointer, TrustedList } from '../trust/trusted-list.js';
import { verifyList } from '../trust/verify-list.js';
import { UsageError } from './command.js';

/** A file that may hold a trusted list. Nothing in `list` is to be trusted: nobody asked yet who may sign it. */
export interface ListFile {
  readonly path: string;
  readonly octets: Uint8Array;
  readonly sha256: string;
  readonly list: TrustedList | undefined;
  /** Why there is no list in it. */
  readonly problem: string;
}

/** Reads the files named, and those ending in .xml of the directories named. */
export function readListFiles(paths: readonly string[]): readonly ListFile[] {
  return paths.flatMap(expand).map((path) => {
    const octets = readBounded(path);
    const read = verifyList({ octets, signers: 'anyone' });
    const list = 'list' in read ? read.list : undefined;
    return { path, octets, sha256: digestOf(octets), list, problem: 'refused' in read ? read.refused : '' };
  });
}

function expand(path: string): readonly string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`there is no file ${path}`);
  if (!found.isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => name.endsWith('.xml'));
  if (names.length === 0) throw new UsageError(`${path} holds no file ending in .xml`);
  return names.toSorted().map((name) => join(path, name));
}

function readBounded(path: string): Uint8Array {
  if (statSync(path).size > xmlLimits.maxBytes)
    throw new UsageError(`${path} is longer than ${xmlLimits.maxBytes} bytes`);
  return new Uint8Array(readFileSync(path));
}

/** The file of the highest sequence number of each territory; pivots are found by their addresses. */
export function newestFiles(files: readonly ListFile[]): ReadonlyMap<string, ListFile> {
  const newest = new Map<string, ListFile>();
  for (const file of files) {
    if (file.list === undefined) continue;
    const known = newest.get(file.list.territory)?.list;
    if (known === undefined || known.sequence < file.list.sequence) newest.set(file.list.territory, file);
  }
  return newest;
}

/** A source of lists that answers from files what would be fetched, so that nothing is judged differently. */
export function fetchFromFiles(
  files: readonly ListFile[],
  lotlUrl: string,
  knownPointers: () => readonly ListPointer[],
): GuardedFetch {
  const newest = newestFiles(files);
  return async (url) => {
    const territory =
      url === lotlUrl ? 'EU' : territoryOf(url, [...(newest.get('EU')?.list?.pointers ?? []), ...knownPointers()]);
    const file = territory === undefined ? findPivot(files, url) : newest.get(territory);
    if (file === undefined) return { failure: 'no file was given for it' };
    return { status: 200, headers: {}, bytes: file.octets, etag: undefined, lastModified: undefined };
  };
}

function territoryOf(url: string, pointers: readonly ListPointer[]): string | undefined {
  return pointers.find(({ address, territory }) => address === url && territory !== 'EU')?.territory;
}

/** By the name of the file, or else by the number in the address. */
function findPivot(files: readonly ListFile[], url: string): ListFile | undefined {
  const name = basename(new URL(url).pathname);
  const number = Number(/-(\d+)(?:-mp)?\.xml$/.exec(name)?.[1]);
  const lists = files.filter(({ list }) => list?.kind === 'list-of-lists');
  return lists.find(({ path }) => basename(path) === name) ?? lists.find(({ list }) => list?.sequence === number);
}
