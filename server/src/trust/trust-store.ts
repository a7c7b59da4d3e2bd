import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { TrustSnapshot } from '@postern/core/trust/trust-service.js';
import { indexTrustServices } from '@postern/core/trust/trust-service-index.js';
import { createChangeListeners } from '../fetch/change-listeners.js';
import { createFileCache } from '../fetch/file-cache.js';
import type { GuardedFetch } from '../fetch/guarded-fetch.js';
import { oneAtATime } from '../fetch/one-at-a-time.js';
import { createRefreshLoop } from '../fetch/refresh-loop.js';
import type { TrustView } from '../qualification/gather-evidence.js';
import type { ListPointer } from './trusted-list.js';
import { createWatchedList, type ListReport, type ListSource, type WatchedList } from './watched-list.js';

/** How the trust data do, for health and alarm. */
export interface TrustReport {
  /** `stale`: judgement goes on with the last good lists, but one of them is not as it should be; `failed`: no judgement. */
  readonly state: 'ok' | 'stale' | 'failed';
  readonly reason: string | undefined;
  readonly lists: readonly ListReport[];
  /** CA certificates on the lists that cannot be read: what they issued finds no path. */
  readonly unreadable: number;
}

export interface TrustStore {
  /** Restores the last good lists; fetches them now when there are none. Then keeps them up to date. */
  start(): Promise<void>;
  /** Asks every source once. Answers whether all answered well. */
  refresh(): Promise<boolean>;
  current(): TrustView;
  report(): TrustReport;
  /** Called after each change of the snapshot's version; answers how to stop that. */
  onChange(listener: () => void): () => void;
  stop(): void;
}

export interface TrustStoreOptions {
  /** The list of lists. */
  readonly lotlUrl: string;
  /** The certificates that may sign it (the Official Journal's), DER. */
  readonly lotlSigners: readonly Uint8Array[];
  readonly refreshSeconds: number;
  readonly cacheDirectory: string;
  readonly fetch: GuardedFetch;
  readonly clock: () => Date;
}

const lotlTerritory = 'EU';
const listMimeType = 'application/vnd.etsi.tsl+xml';
const parallelFetches = 4;

/**
 * Keeps the list of lists and all national lists it points to (ETSI TS 119 615 clauses 4.1 and 4.2): each is replaced only by
 * one that verifies, is of the right territory and not older; the snapshot of all is replaced as a whole.
 */
export function createTrustStore(options: TrustStoreOptions): TrustStore {
  const ports = { fetch: options.fetch, cache: createFileCache(options.cacheDirectory) };
  const signers = new Set(options.lotlSigners.map((der) => createHash('sha256').update(der).digest('hex')));
  const lotl = createWatchedList(
    { territory: lotlTerritory, kind: 'list-of-lists', address: options.lotlUrl, signers },
    ports,
  );
  const national = new Map<string, WatchedList>();
  const listeners = createChangeListeners();
  let view: TrustView = { available: false, reason: 'trusted lists have not been loaded yet' };

  const refresh = oneAtATime(async () => {
    await renew((list) => list.refresh(options.clock()));
    return report().state === 'ok';
  });
  const loop = createRefreshLoop(options.refreshSeconds, refresh);

  async function renew(each: (list: WatchedList) => Promise<void>): Promise<void> {
    await each(lotl);
    followPointers();
    await inParallel([...national.values()], each);
    publish();
  }

  function followPointers(): void {
    const sources = sourcesOf(lotl.accepted()?.list.pointers ?? []);
    for (const territory of national.keys()) {
      if (!sources.has(territory)) national.delete(territory);
    }
    for (const [territory, source] of sources) {
      const known = national.get(territory);
      if (known === undefined) national.set(territory, createWatchedList(source, ports));
      else known.repoint(source);
    }
  }

  function publish(): void {
    const next = makeSnapshot(lotl, [...national.values()]);
    const version = view.available ? view.snapshot.version : undefined;
    if (typeof next === 'string') view = { available: false, reason: next };
    else if (next.version !== version)
      view = { available: true, snapshot: next, index: indexTrustServices(next.services) };
    if (version !== (view.available ? view.snapshot.version : undefined)) listeners.tell();
  }

  function report(): TrustReport {
    const now = options.clock();
    return reportOn(
      view,
      [lotl, ...national.values()].map((list) => list.report(now)),
    );
  }

  return {
    start: async () => {
      await renew((list) => list.restore(options.clock()));
      if (view.available) refresh().catch(() => false);
      else await refresh();
      loop.start();
    },
    refresh,
    current: () => view,
    report,
    onChange: listeners.add,
    stop: () => loop.stop(),
  };
}

function reportOn(view: TrustView, lists: readonly ListReport[]): TrustReport {
  if (!view.available) {
    const reason = lists.find((list) => list.reason !== undefined)?.reason ?? view.reason;
    return { state: 'failed', reason, lists, unreadable: 0 };
  }
  const worst = lists.find(({ state }) => state !== 'ok');
  const reason = worst === undefined ? undefined : `list ${worst.territory}: ${worst.reason}`;
  return { state: worst === undefined ? 'ok' : 'stale', reason, lists, unreadable: view.index.unreadable.length };
}

/** Machine-readable lists only, one for each territory; the list of lists points to itself as well. */
function sourcesOf(pointers: readonly ListPointer[]): ReadonlyMap<string, ListSource> {
  const sources = new Map<string, ListSource>();
  for (const { territory, address, mimeType, signers } of pointers) {
    if (mimeType !== listMimeType || territory === lotlTerritory || sources.has(territory)) continue;
    sources.set(territory, { territory, kind: 'national', address, signers: new Set(signers) });
  }
  return sources;
}

function makeSnapshot(lotl: WatchedList, national: readonly WatchedList[]): TrustSnapshot | string {
  const top = lotl.accepted();
  if (top === undefined) return 'no list of lists is in force';
  const lists = national.flatMap((list) => list.accepted() ?? []);
  if (lists.length === 0) return 'no national list is in force';
  const statuses = [top, ...lists].map(({ status }) => status);
  const version = createHash('sha256');
  for (const { territory, sha256 } of statuses) version.update(`${territory} ${sha256}\n`);
  return { version: version.digest('hex'), lists: statuses, services: lists.flatMap(({ list }) => list.services) };
}

/** A few at a time, with a pause for other work after each: to verify a large list takes half a second. */
async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      await work(item);
      await setImmediate();
    }
  };
  await Promise.all(Array.from({ length: parallelFetches }, worker));
}
