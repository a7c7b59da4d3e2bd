import { Refusal } from '@postern/core/refusal/refusal.js';
import { findCandidates, type RegistrationReference } from '@postern/core/register/match-organization.js';
import type { RegisterAnswer } from '@postern/core/register/register-entity.js';
import { createChangeListeners } from '../fetch/change-listeners.js';
import type { FetchRequest, GuardedFetch } from '../fetch/guarded-fetch.js';
import { oneAtATime } from '../fetch/one-at-a-time.js';
import { createRefreshLoop } from '../fetch/refresh-loop.js';
import { checkZip, type LoadedRegister, loadRegister } from './load-register.js';
import { type FileMetadata, parseFileMetadata } from './parse-file-metadata.js';
import { refuseRegister } from './refuse-register.js';
import { createRegisterCache, type KeptRegister, type RegisterCache } from './register-cache.js';

/** How the register does, for health and alarm. */
export interface RegisterReport {
  /** `stale`: judgement goes on with the last good file, but a newer one could not be had; `failed`: there is none. */
  readonly state: 'ok' | 'stale' | 'failed';
  readonly reason: string | undefined;
  readonly version: string | undefined;
  readonly publishedAt: Date | undefined;
  readonly institutions: number;
  readonly unreadable: number;
  readonly checkedAt: Date | undefined;
}

export interface RegisterStore {
  /** Restores the last good file; fetches it now when there is none. Then keeps it up to date. */
  start(): Promise<void>;
  /** Asks for news once. Answers whether the file in force is the newest. */
  refresh(): Promise<boolean>;
  /** The institutions that answer to a reference; none to no reference. */
  lookup(reference: RegistrationReference | undefined): RegisterAnswer;
  /** Digest of the file in force. */
  version(): string | undefined;
  report(): RegisterReport;
  /** Called after each change of version; answers how to stop that. */
  onChange(listener: () => void): () => void;
  stop(): void;
}

export interface RegisterStoreOptions {
  /** The filemetadata address of the EBA register. */
  readonly metadataUrl: string;
  readonly refreshSeconds: number;
  readonly cacheDirectory: string;
  readonly fetch: GuardedFetch;
  readonly clock: () => Date;
}

const maxMetadataBytes = 64 * 1024;
const maxZipBytes = 128 * 1024 * 1024;

/** A smaller file than this may shrink by any share. */
const quarantineFrom = 100;
const quarantineShare = 0.95;

/**
 * Keeps the golden copy of the EBA register: a file comes into force as a whole, after both of its digests held and it was read
 * to its end; otherwise the last good one stays. A file with 5 % fewer entities than the one before is quarantined.
 */
export function createRegisterStore(options: RegisterStoreOptions): RegisterStore {
  const cache = createRegisterCache(options.cacheDirectory);
  const listeners = createChangeListeners();
  let loaded: LoadedRegister | undefined;
  let refused: { readonly sha256: string; readonly refusal: Refusal } | undefined;
  let failure: string | undefined = 'the register has not been fetched yet';
  let checkedAt: Date | undefined;

  const refresh = oneAtATime(async () => {
    failure = await reasonOf(fetchNewest);
    if (failure === undefined) checkedAt = options.clock();
    return failure === undefined;
  });
  const loop = createRefreshLoop(options.refreshSeconds, refresh);

  async function fetchNewest(): Promise<void> {
    const metadataOctets = await fetchOctets(options.fetch, options.metadataUrl, {
      maxBytes: maxMetadataBytes,
      timeoutMs: 20_000,
    });
    const metadata = parseFileMetadata(metadataOctets, options.metadataUrl);
    if (metadata.sha256 === loaded?.version) return;
    if (metadata.sha256 === refused?.sha256) throw refused.refusal;
    refuseOlder(metadata, loaded);
    if (metadata.bytes > maxZipBytes) refuseRegister(`it is longer than ${maxZipBytes} bytes`);
    const zip = await fetchOctets(options.fetch, metadata.address, { maxBytes: metadata.bytes, timeoutMs: 300_000 });
    const next = await loadOnce(zip, metadata);
    const versionBefore = loaded?.version;
    putInForce(next);
    await keep({ zip, metadataOctets, version: next.version, versionBefore }, cache);
  }

  /** A file with its right digest that is refused once will be refused again: it is remembered, not read each time. */
  async function loadOnce(zip: Uint8Array, metadata: FileMetadata): Promise<LoadedRegister> {
    checkZip(zip, metadata);
    try {
      const next = await loadRegister(zip, metadata);
      quarantineShrunken(next, loaded);
      return next;
    } catch (refusal) {
      if (refusal instanceof Refusal) refused = { sha256: metadata.sha256, refusal };
      throw refusal;
    }
  }

  function putInForce(next: LoadedRegister): void {
    loaded = next;
    refused = undefined;
    listeners.tell();
  }

  async function restore(): Promise<void> {
    const metadataOctets = await cache.readMetadata(maxMetadataBytes);
    if (metadataOctets === undefined) return;
    const reason = await reasonOf(async () => {
      const metadata = parseFileMetadata(metadataOctets, options.metadataUrl);
      const zip = await cache.readZip(metadata.sha256, maxZipBytes);
      if (zip !== undefined) putInForce(await loadOnce(zip, metadata));
    });
    failure = reason ?? 'the register is the one kept from before';
  }

  return {
    start: async () => {
      await restore();
      if (loaded === undefined) await refresh();
      else refresh().catch(() => false);
      loop.start();
    },
    refresh,
    lookup: (reference) =>
      loaded === undefined
        ? { available: false, reason: failure ?? 'the register has not been loaded' }
        : lookIn(loaded, reference),
    version: () => loaded?.version,
    report: () => reportOn({ loaded, failure, checkedAt }),
    onChange: listeners.add,
    stop: () => loop.stop(),
  };
}

function lookIn(
  { version, publishedAt, index }: LoadedRegister,
  reference: RegistrationReference | undefined,
): RegisterAnswer {
  const candidates = reference === undefined ? [] : findCandidates(index, reference);
  return { available: true, version, publishedAt, candidates };
}

async function fetchOctets(fetch: GuardedFetch, address: string, limits: FetchRequest): Promise<Uint8Array> {
  const answer = await fetch(address, limits);
  if (answer.failure !== undefined) throw new Refusal('TRUST_DATA_UNAVAILABLE', answer.failure);
  return answer.bytes;
}

async function keep(kept: KeptRegister, cache: RegisterCache): Promise<void> {
  try {
    await cache.write(kept);
  } catch (cause) {
    throw new Refusal('TRUST_DATA_UNAVAILABLE', 'The register is in force, but could not be kept on disk.', { cause });
  }
}

function refuseOlder(metadata: FileMetadata, loaded: LoadedRegister | undefined): void {
  if (loaded !== undefined && metadata.publishedAt < loaded.publishedAt)
    refuseRegister('it is older than the one in force');
}

function quarantineShrunken(next: LoadedRegister, loaded: LoadedRegister | undefined): void {
  if (loaded === undefined || loaded.entities < quarantineFrom) return;
  if (next.entities < loaded.entities * quarantineShare) {
    refuseRegister(`it has ${next.entities} entities where there were ${loaded.entities}: it is in quarantine`);
  }
}

async function reasonOf(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (refusal) {
    return refusal instanceof Refusal ? refusal.message : `the register cannot be read: ${String(refusal)}`;
  }
}

interface ReportedRegister {
  readonly loaded: LoadedRegister | undefined;
  readonly failure: string | undefined;
  readonly checkedAt: Date | undefined;
}

function reportOn({ loaded, failure, checkedAt }: ReportedRegister): RegisterReport {
  return {
    state: loaded === undefined ? 'failed' : failure === undefined ? 'ok' : 'stale',
    reason: failure,
    version: loaded?.version,
    publishedAt: loaded?.publishedAt,
    institutions: loaded?.index.institutions ?? 0,
    unreadable: loaded?.unreadable ?? 0,
    checkedAt,
  };
}
