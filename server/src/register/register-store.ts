import { Refusal } from '@postern/core/refusal/refusal.js';
import {
  findCandidates,
  findCorrections,
  type RegistrationReference,
} from '@postern/core/register/match-organization.js';
import type { RegisterAnswer } from '@postern/core/register/register-entity.js';
import { createChangeListeners } from '../fetch/change-listeners.js';
import type { FetchRequest, GuardedFetch } from '../fetch/guarded-fetch.js';
import { oneAtATime } from '../fetch/one-at-a-time.js';
import { createRefreshLoop } from '../fetch/refresh-loop.js';
import { type CorrectionsStore, createCorrectionsStore, type LoadedCorrections } from './corrections-store.js';
import { checkZip, type LoadedRegister, loadRegister } from './load-register.js';
import { type FileMetadata, parseFileMetadata } from './parse-file-metadata.js';
import { problemOf, type RegisterProblem, refuseRegister } from './refuse-register.js';
import { createRegisterCache, type KeptRegister, type RegisterCache } from './register-cache.js';
import { type RegisterReport, reportOnRegister } from './register-report.js';

export interface RegisterStore {
  /** Restores the last good files; fetches the register now when there is none. Then keeps them up to date. */
  start(): Promise<void>;
  /** Restores the last good files and takes nothing new; for commands. */
  restore(): Promise<void>;
  /** Asks for news once. Answers whether the file in force is the newest. */
  refresh(): Promise<boolean>;
  /** Puts a file into force that an operator brings, after the same checks. Rejects with `Refusal`; what was in force stays. */
  take(delivery: RegisterDelivery): Promise<void>;
  /** The institutions that answer to a reference; none to no reference. */
  lookup(reference: RegistrationReference | undefined): RegisterAnswer;
  /** Digests of the files in force. */
  version(): string | undefined;
  report(): RegisterReport;
  /** Called after each change of version; answers how to stop that. */
  onChange(listener: () => void): () => void;
  stop(): void;
}

/** A register file with the metadata that announce it. */
export interface RegisterDelivery {
  readonly metadataOctets: Uint8Array;
  readonly zip: Uint8Array;
  /** Accepted by an operator however much it has shrunk. */
  readonly accepted: boolean;
}

export interface RegisterStoreOptions {
  /** The filemetadata address of the EBA register; undefined where files come by import only. */
  readonly metadataUrl?: string | undefined;
  readonly refreshSeconds: number;
  readonly cacheDirectory: string;
  /** Credit institutions and national corrections. */
  readonly corrections?: { readonly file: string } | undefined;
  readonly fetch: GuardedFetch;
  readonly clock: () => Date;
}

const maxMetadataBytes = 64 * 1024;
const maxZipBytes = 128 * 1024 * 1024;

/** A smaller file than this may shrink by any share. */
const quarantineFrom = 100;
const quarantineShare = 0.95;

/** Where the files of an installation come from that knows no address: what it imports names none either. */
const nowhere = 'https://import.invalid/';

/**
 * Keeps the golden copy of the EBA register, and what other sources say beside it: a file comes into force as a whole, after both
 * of its digests held and it was read to its end; otherwise the last good one stays. A file with 5 % fewer entities than the one
 * before waits for an operator. What another process of this installation has put into force is taken over.
 */
export function createRegisterStore(options: RegisterStoreOptions): RegisterStore {
  const { cacheDirectory, clock, metadataUrl = nowhere } = options;
  const cache = createRegisterCache(cacheDirectory);
  const corrections = options.corrections && createCorrectionsStore({ file: options.corrections.file, cacheDirectory });
  const listeners = createChangeListeners();
  corrections?.onChange(listeners.tell);
  let loaded: LoadedRegister | undefined;
  let refused: { readonly sha256: string; readonly refusal: Refusal } | undefined;
  let failure: Failure | undefined = { problem: 'source', reason: 'the register has not been fetched yet' };
  let checkedAt: Date | undefined;
  let quarantined: string | undefined;
  let damaged: string | undefined;

  const refresh = oneAtATime(async () => {
    const adopted = await failureOf(adoptKept);
    const byImport = options.metadataUrl === undefined;
    failure = byImport ? (adopted ?? (await failureOf(requireLoaded))) : await failureOf(fetchNewest);
    if (failure === undefined) checkedAt = clock();
    return failure === undefined;
  });
  const loop = createRefreshLoop(options.refreshSeconds, refresh);

  async function requireLoaded(): Promise<void> {
    if (loaded === undefined) refuseRegister('source', 'none was imported');
  }

  async function fetchNewest(): Promise<void> {
    const limits = { maxBytes: maxMetadataBytes, timeoutMs: 20_000 };
    const metadataOctets = await fetchOctets(options.fetch, metadataUrl, limits);
    const metadata = parseFileMetadata(metadataOctets, metadataUrl);
    if (metadata.sha256 === loaded?.version) return;
    if (metadata.sha256 === refused?.sha256) throw refused.refusal;
    refuseOlder(metadata, loaded);
    if (metadata.bytes > maxZipBytes) refuseRegister('source', `it is longer than ${maxZipBytes} bytes`);
    const zip = await fetchOctets(options.fetch, metadata.address, { maxBytes: metadata.bytes, timeoutMs: 300_000 });
    await takeIn({ metadataOctets, zip, accepted: false }, metadata);
  }

  /** A file with its right digest that is refused once will be refused again: it is remembered, not read each time. */
  async function takeIn({ metadataOctets, zip, accepted }: RegisterDelivery, metadata: FileMetadata): Promise<void> {
    checkZip(zip, metadata);
    try {
      const next = await loadRegister(zip, metadata);
      const shrinking = accepted ? undefined : describeShrinking(next, loaded);
      if (shrinking !== undefined) await quarantine({ metadataOctets, zip, version: next.version }, shrinking);
      const versionBefore = loaded?.version;
      putInForce(next);
      await keep({ zip, metadataOctets, version: next.version, versionBefore }, cache);
      await cache.endQuarantine(next.version);
    } catch (refusal) {
      if (refusal instanceof Refusal && loaded?.version !== metadata.sha256)
        refused = { sha256: metadata.sha256, refusal };
      throw refusal;
    }
  }

  async function quarantine(kept: Omit<KeptRegister, 'versionBefore'>, reason: string): Promise<never> {
    const { version, zip, metadataOctets } = kept;
    quarantined = version;
    await cache.writeQuarantine({ version, reason, metadata: Buffer.from(metadataOctets).toString() }, zip);
    return refuseRegister('shrunken', `${reason}: it is in quarantine as ${version}`);
  }

  function putInForce(next: LoadedRegister): void {
    loaded = next;
    refused = undefined;
    quarantined = undefined;
    listeners.tell();
  }

  /** Takes over what stands in the cache and is newer: the one from before a start, or one that an operator imported. */
  async function adoptKept(): Promise<void> {
    const metadataOctets = await cache.readMetadata();
    if (metadataOctets === undefined) return;
    const metadata = parseFileMetadata(metadataOctets, metadataUrl);
    const known = metadata.sha256 === loaded?.version;
    const older = loaded !== undefined && metadata.publishedAt < loaded.publishedAt;
    if (known || older || metadata.sha256 === damaged) return;
    const zip = await cache.readZip(metadata.sha256);
    if (zip === undefined) return;
    damaged = metadata.sha256;
    checkZip(zip, metadata);
    putInForce(await loadRegister(zip, metadata));
  }

  async function restore(): Promise<void> {
    await corrections?.start();
    failure = (await failureOf(adoptKept)) ?? { problem: 'source', reason: 'the register is the one kept from before' };
    quarantined = (await cache.readQuarantine())?.version;
  }

  return {
    start: async () => {
      await restore();
      if (loaded === undefined) await refresh();
      else refresh().catch(() => false);
      loop.start();
    },
    restore,
    refresh,
    take: async (delivery) => {
      const metadata = parseFileMetadata(delivery.metadataOctets, metadataUrl);
      refuseOlder(metadata, loaded);
      await takeIn(delivery, metadata);
      failure = undefined;
    },
    lookup: (reference) => {
      if (loaded === undefined) return { available: false, reason: failure?.reason ?? 'there is no register' };
      const others = corrections?.current();
      if (corrections !== undefined && others === undefined)
        return { available: false, reason: corrections.failure() ?? 'there are no corrections' };
      return lookIn({ loaded, others }, reference);
    },
    version: () => versionOf(loaded, corrections),
    report: () => reportOnRegister({ loaded, failure, checkedAt, quarantined, corrections }, clock()),
    onChange: listeners.add,
    stop: () => {
      loop.stop();
      corrections?.stop();
    },
  };
}

interface Failure {
  readonly problem: RegisterProblem;
  readonly reason: string;
}

interface InForce {
  readonly loaded: LoadedRegister;
  readonly others: LoadedCorrections | undefined;
}

function lookIn({ loaded, others }: InForce, reference: RegistrationReference | undefined): RegisterAnswer {
  const { publishedAt, index } = loaded;
  const candidates = reference === undefined ? [] : findCandidates(index, reference);
  const found = reference === undefined || others === undefined ? [] : findCorrections(others.index, reference);
  const version = joinVersions(loaded.version, others?.version);
  return { available: true, version, publishedAt, candidates, ...(found.length === 0 ? {} : { corrections: found }) };
}

function versionOf(loaded: LoadedRegister | undefined, corrections: CorrectionsStore | undefined): string | undefined {
  return loaded === undefined ? undefined : joinVersions(loaded.version, corrections?.current()?.version);
}

function joinVersions(register: string, corrections: string | undefined): string {
  return corrections === undefined ? register : `${register}+${corrections}`;
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
    refuseRegister('older', 'it is older than the one in force');
}

function describeShrinking(next: LoadedRegister, loaded: LoadedRegister | undefined): string | undefined {
  if (loaded === undefined || loaded.entities < quarantineFrom) return undefined;
  if (next.entities >= loaded.entities * quarantineShare) return undefined;
  return `it has ${next.entities} entities where there were ${loaded.entities}`;
}

async function failureOf(work: () => Promise<void>): Promise<Failure | undefined> {
  try {
    await work();
    return undefined;
  } catch (refusal) {
    const reason = refusal instanceof Refusal ? refusal.message : `the register cannot be read: ${String(refusal)}`;
    return { problem: problemOf(refusal), reason };
  }
}
