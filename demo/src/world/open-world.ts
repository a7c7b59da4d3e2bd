import { existsSync } from 'node:fs';
import { openQtsp, type Qtsp } from '../qtsp/open-qtsp.js';
import { createRegister } from '../register/create-register.js';
import { readGoldenCopy, updateGoldenCopy, withDailyPublication } from '../register/golden-copy.js';
import { openScheme, type Scheme } from '../scheme/open-scheme.js';
import { publishLists } from '../scheme/publish-lists.js';
import { openTls } from '../tls/open-tls.js';
import { withWorldLock } from './with-world-lock.js';
import { type WorldPaths, worldPaths } from './world-paths.js';
import { openWorldUrl } from './world-settings.js';

/** The demo world, opened: its keys and certificates; what changes is read from the files when it is needed. */
export interface World {
  readonly paths: WorldPaths;
  readonly url: string;
  readonly qtsp: Qtsp;
  /** Another one on the same list, to renew certificates with. */
  readonly secondQtsp: Qtsp;
  readonly scheme: Scheme;
}

/**
 * Opens the world under a data directory, making what is missing and renewing what is about to end.
 * A port, when given, becomes the one that new certificates and lists point to.
 */
export async function openWorld(from: { dataDirectory: string; port?: number | undefined }, now: Date): Promise<World> {
  const paths = worldPaths(from.dataDirectory);
  return withWorldLock(paths.lock, async () => {
    const url = await openWorldUrl(paths.settings, from.port);
    const [qtsp, secondQtsp, scheme] = await Promise.all([
      openQtsp({ name: 'first', paths, url }, now),
      openQtsp({ name: 'second', paths, url }, now),
      openScheme(paths, now),
      openTls(paths, now),
    ]);
    const world = { paths, url, qtsp, secondQtsp, scheme };
    await publishLists(world, now);
    await publishRegisterDaily(paths.register, now);
    return world;
  });
}

async function publishRegisterDaily(path: string, now: Date): Promise<void> {
  const before = existsSync(path) ? await readGoldenCopy(path) : undefined;
  const after = before === undefined ? createRegister(now) : withDailyPublication(before, now);
  if (after !== before) await updateGoldenCopy(path, after);
}
