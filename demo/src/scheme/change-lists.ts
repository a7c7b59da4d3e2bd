import type { World } from '../world/open-world.js';
import { withWorldLock } from '../world/with-world-lock.js';
import { createNationalSigner, openScheme } from './open-scheme.js';
import { publishLists } from './publish-lists.js';
import { type ListName, readSchemeState, type SchemeState, writeSchemeState } from './scheme-state.js';

/** The newest statuses that the list keeps beside the first one: a demo that runs for months must not grow it without end. */
const KEPT_STATUSES = 20;

/** Withdraws the first QTSP's trust service, or grants it again, from now on. Returns whether anything changed. */
export async function setServiceGranted(world: World, granted: boolean, now: Date): Promise<boolean> {
  return changeLists(world, now, (state) => {
    const [current] = state.serviceStatuses;
    const status = granted ? 'granted' : 'withdrawn';
    if ((current?.status ?? 'granted') === status) return state;
    const change = { status, since: nextStart(current?.since, now).toISOString() } as const;
    return { ...state, serviceStatuses: [change, ...state.serviceStatuses].slice(0, KEPT_STATUSES) };
  });
}

/** Lets a list expire at once, or has it issued anew. Returns whether anything changed. */
export async function setListExpired(
  world: World,
  { list, expired }: { readonly list: ListName; readonly expired: boolean },
  now: Date,
): Promise<boolean> {
  return changeLists(world, now, (state) => {
    if (state.expired.includes(list) === expired) return state;
    return { ...state, expired: expired ? [...state.expired, list] : state.expired.filter((name) => name !== list) };
  });
}

/**
 * Gives the list of FR a new signer. Announced, the list of lists names the new one beside the one before; unannounced, it goes
 * on naming those it did, and nobody may accept the list. To rotate again, announced, mends that.
 */
export async function rotateSigner(world: World, announced: boolean, now: Date): Promise<string> {
  const signer = `tl-signer-${now.toISOString().replaceAll(/[-:.TZ]/g, '')}`;
  await changeLists(world, now, async (state) => {
    await createNationalSigner(world.paths, signer, now);
    return { ...state, signer, announced: announced ? [signer, state.signer] : state.announced };
  });
  return signer;
}

/** Changes the state and publishes what follows from it, under the world's lock. */
async function changeLists(
  { paths, url, qtsp, secondQtsp }: World,
  now: Date,
  change: (state: SchemeState) => SchemeState | Promise<SchemeState>,
): Promise<boolean> {
  return withWorldLock(paths.lock, async () => {
    const before = await readSchemeState(paths);
    const after = await change(before);
    if (after === before) return false;
    await writeSchemeState(paths, after);
    await publishLists({ paths, url, qtsp, secondQtsp, scheme: await openScheme(paths, now) }, now);
    return true;
  });
}

/** Statuses start at whole seconds, each at its own. */
function nextStart(latest: string | undefined, now: Date): Date {
  const second = Math.floor(now.getTime() / 1000) * 1000;
  return new Date(latest === undefined ? second : Math.max(second, Date.parse(latest) + 1000));
}
