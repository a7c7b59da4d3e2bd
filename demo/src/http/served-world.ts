import { type IssuedEntry, readIssuedIndex } from '../qtsp/issued-index.js';
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

/** Waits until the readers of this world have asked for the register as it is now, or for a certificate's status. */
export async function awaitServedReaders(served: ServedWorld, serialNumber?: string): Promise<void> {
  const change: WorldChange =
    serialNumber === undefined ? { registerVersion: (await served.register.current()).sha256 } : { serialNumber };
  await awaitReaders(async () => served.readers.report(served.world().paths.demo, serialNumber), change);
}
