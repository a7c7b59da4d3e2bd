import { type IssuedEntry, readIssuedIndex } from '../qtsp/issued-index.js';
import { listVersions } from '../scheme/publish-lists.js';
import type { World } from '../world/open-world.js';
import { readWhenChanged } from '../world/read-when-changed.js';
import { awaitReaders, type WorldChange } from './await-readers.js';
import { ReaderLog } from './reader-log.js';
import { RegisterFeed } from './register-feed.js';

/** A world while it is served: the opened world, what is remembered between requests, and the clock. */
export interface ServedWorld {
  /** Changes when certificates of the world are renewed. */
  readonly world: () => World;
  readonly issued: () => Promise<readonly IssuedEntry[]>;
  readonly register: RegisterFeed;
  readonly readers: ReaderLog;
  readonly clock: () => Date;
}

export function serveWorld(world: () => World, clock: () => Date): ServedWorld {
  const { issuedIndex, register } = world().paths;
  return {
    world,
    issued: readWhenChanged(issuedIndex, () => readIssuedIndex(issuedIndex)),
    register: new RegisterFeed(register),
    readers: new ReaderLog(),
    clock,
  };
}

/** What a waiting reader must have seen: the register or the lists as they are now, or the status of a certificate. */
export type AwaitedChange = 'register' | 'lists' | { readonly serialNumber: string };

/** Waits until the readers of this world have asked for what has changed. */
export async function awaitServedReaders(served: ServedWorld, awaited: AwaitedChange): Promise<void> {
  const serialNumber = typeof awaited === 'string' ? undefined : awaited.serialNumber;
  const { paths } = served.world();
  await awaitReaders(
    async () => served.readers.report(paths.demo, serialNumber),
    await describeChange(served, awaited),
  );
}

async function describeChange(served: ServedWorld, awaited: AwaitedChange): Promise<WorldChange> {
  if (awaited === 'register') return { registerVersion: (await served.register.current()).sha256 };
  return awaited === 'lists' ? { listVersions: await listVersions(served.world().paths) } : awaited;
}
