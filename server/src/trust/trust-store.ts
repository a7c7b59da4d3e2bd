import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { TrustedListStatus, TrustService, TrustSnapshot } from '@postern/core/trust/trust-service.js';
import { indexTrustServices } from '@postern/core/trust/trust-service-index.js';
import { createChangeListeners } from '../fetch/change-listeners.js';
import { createFileCache } from '../fetch/file-cache.js';
import type { GuardedFetch } from '../fetch/guarded-fetch.js';
import { oneAtATime } from '../fetch/one-at-a-time.js';
import { createRefreshLoop } from '../fetch/refresh-loop.js';
import type { TrustView } from '../qualification/gather-evidence.js';
import { createListFiles } from './list-files.js';
import { createListReader } from './list-reader.js';
import type { ListReport } from './list-report.js';
import { createLotlAuthority } from './lotl-authority.js';
import { outlookOfSigners, type SignerOutlook } from './outlook-of-signers.js';
import { type PinnedAnchor, type PinnedAnchors, pinAnchors } from './pinned-anchors.js';
import type { ListPointer } from './trusted-list.js';
import { type AcceptedList, createWatchedList, type ListSource, type WatchedList } from './watched-list.js';

/** How the trust data do, for health and alarm. */
export interface TrustReport {
  /** `stale`: judgement goes on with the last good lists, but one of them is not as it should be; `failed`: no judgement. */
  readonly state: 'ok' | 'stale' | 'failed';
  readonly reason: string | undefined;
  readonly lists: readonly ListReport[];
  /** CA certificates on the lists that cannot be read: what they issued finds no path. */
  readonly unreadable: number;
  /** What is coming for the signature on the list of lists. */
  readonly signers: SignerOutlook;
  /** Anchors that no list vouches for, each a sentence. */
  readonly pinned: readonly string[];
}

export interface TrustStore {
  /** Restores the last good lists; fetches them now when there are none. Then keeps them up to date. */
  start(): Promise<void>;
  /** Restores the last good lists and asks nobody. */
  restore(): Promise<void>;
  /** Asks every source once. Answers whether all answered well. */
  refresh(): Promise<boolean>;
  current(): TrustView;
  report(): TrustReport;
  /** The list in force of a territory. */
  listOf(territory: string): AcceptedList | undefined;
  /** Who may sign these octets as the list of a territory, or why that cannot be told. */
  signersOf(territory: string, octets: Uint8Array): Promise<ReadonlySet<string> | string>;
  /** Called after each change of the snapshot's version; answers how to stop that. */
  onChange(listener: () => void): () => void;
  stop(): void;
}

export interface TrustStoreOptions {
  /** The list of lists. */
  readonly lotlUrl: string;
  /** The certificates that may sign it (the Official Journal's), DER. */
  readonly lotlSigners: readonly Uint8Array[];
  /** The notice of the Official Journal that names them, as the list of lists gives its address. */
  readonly officialJournal?: string | undefined;
  /** What has to be done before the configured signers count; undefined where they do. */
  readonly signersWaiting?: string | undefined;
  readonly pinnedAnchors?: readonly PinnedAnchor[];
  readonly refreshSeconds: number;
  readonly cacheDirectory: string;
  /** Undefined where lists come as files only. */
  readonly fetch: GuardedFetch | undefined;
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
  const { fetch, lotlUrl, clock } = options;
  const cache = createFileCache(options.cacheDirectory);
  const reader = createListReader();
  const portsOf = (territory: string) => ({
    fetch,
    files: createListFiles(cache, territory),
    verify: reader.verify,
  });
  const lotlSource = createLotlAuthority({ ...options, cache, verify: reader.verify });
  const lotl = createWatchedList(
    { territory: lotlTerritory, kind: 'list-of-lists', address: lotlUrl, ...lotlSource },
    portsOf(lotlTerritory),
  );
  const pinned = pinAnchors(options.pinnedAnchors ?? []);
  const national = new Map<string, WatchedList>();
  const listeners = createChangeListeners();
  let view: TrustView = { available: false, reason: 'trusted lists have not been loaded yet' };

  const refresh = oneAtATime(async () => {
    await renew((list) => list.refresh(clock()));
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
      if (known === undefined) national.set(territory, createWatchedList(source, portsOf(territory)));
      else known.repoint(source);
    }
  }

  function watchedOf(territory: string): WatchedList | undefined {
    return territory === lotlTerritory ? lotl : national.get(territory);
  }

  function sourceOf(territory: string): ListSource | undefined {
    return sourcesOf(lotl.accepted()?.list.pointers ?? []).get(territory);
  }

  function publish(): void {
    const next = makeSnapshot(lotl, [...national.values()], pinned);
    const version = view.available ? view.snapshot.version : undefined;
    if (typeof next === 'string') view = { available: false, reason: next };
    else if (next.version !== version)
      view = { available: true, snapshot: next, index: indexTrustServices(next.services) };
    if (version !== (view.available ? view.snapshot.version : undefined)) listeners.tell();
  }

  function outlook(now: Date): SignerOutlook {
    const { ends, warnings } = outlookOfSigners(lotl.accepted(), now);
    return { ends, warnings: options.signersWaiting === undefined ? warnings : [options.signersWaiting, ...warnings] };
  }

  function report(): TrustReport {
    const now = clock();
    const lists = [lotl, ...national.values()].map((list) => list.report(now));
    return { ...reportOn(view, lists, pinned.report(now)), signers: outlook(now) };
  }

  const restore = () => renew((list) => list.restore(clock()));

  return {
    start: async () => {
      await restore();
      if (view.available) refresh().catch(() => false);
      else await refresh();
      loop.start();
    },
    restore,
    refresh,
    current: () => view,
    report,
    listOf: (territory) => watchedOf(territory)?.accepted(),
    signersOf: async (territory, octets) => {
      const authority = await (territory === lotlTerritory ? lotlSource : sourceOf(territory))?.authority(octets);
      if (authority === undefined) return `The list of lists points to no list of ${territory}.`;
      return typeof authority === 'string' ? authority : authority.signers;
    },
    onChange: listeners.add,
    stop: () => {
      loop.stop();
      reader.stop();
    },
  };
}

function reportOn(
  view: TrustView,
  lists: readonly ListReport[],
  anchors: ReturnType<PinnedAnchors['report']>,
): Omit<TrustReport, 'signers'> {
  const pinned = anchors.map(({ text }) => text);
  const unreadable = view.available ? view.index.unreadable.length : 0;
  const common = { lists, pinned, unreadable };
  if (!view.available) {
    const reason = lists.find((list) => list.reason !== undefined)?.reason ?? view.reason;
    return { ...common, state: 'failed', reason };
  }
  const worst = lists.find(({ state }) => state !== 'ok');
  const ended = anchors.find(({ ended: isEnded }) => isEnded);
  const reason = worst === undefined ? ended?.text : `list ${worst.territory}: ${worst.reason}`;
  return { ...common, state: reason === undefined ? 'ok' : 'stale', reason };
}

const authorityOfPointer = {
  pivots: [],
  newestPivot: undefined,
  journalAddress: undefined,
  journalEntered: false,
  alarm: undefined,
} as const;

/** Machine-readable lists only, one for each territory; the list of lists points to itself as well. */
function sourcesOf(pointers: readonly ListPointer[]): ReadonlyMap<string, ListSource> {
  const sources = new Map<string, ListSource>();
  for (const { territory, address, mimeType, signers } of pointers) {
    if (mimeType !== listMimeType || territory === lotlTerritory || sources.has(territory)) continue;
    const pins = new Set(signers);
    const authority = { ...authorityOfPointer, signers: pins };
    sources.set(territory, {
      territory,
      kind: 'national',
      address,
      authority: async () => authority,
      authorityKey: signers.join(),
      stillAllows: (signer) => pins.has(signer),
    });
  }
  return sources;
}

function makeSnapshot(
  lotl: WatchedList,
  national: readonly WatchedList[],
  pinned: PinnedAnchors,
): TrustSnapshot | string {
  const top = lotl.accepted();
  if (top === undefined) return 'no list of lists is in force';
  const accepted = national.flatMap((list) => list.accepted() ?? []);
  if (accepted.length === 0 && pinned.status === undefined) return 'no national list is in force';
  const lists = [top, ...accepted].map(({ status }) => status);
  const services = accepted.flatMap(({ list }) => list.services);
  return withVersion(pinned.status === undefined ? lists : [...lists, pinned.status], [
    ...services,
    ...pinned.services,
  ]);
}

function withVersion(lists: readonly TrustedListStatus[], services: readonly TrustService[]): TrustSnapshot {
  const version = createHash('sha256');
  for (const { territory, sha256 } of lists) version.update(`${territory} ${sha256}\n`);
  return { version: version.digest('hex'), lists, services };
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
