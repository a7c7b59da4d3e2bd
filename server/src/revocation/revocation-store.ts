import type { StatusSubject } from '@postern/core/revocation/revocation-status.js';
import type { CertificationPath } from '@postern/core/trust/certification-path.js';
import { createChangeListeners } from '../fetch/change-listeners.js';
import type { GuardedFetch } from '../fetch/guarded-fetch.js';
import { createRefreshLoop } from '../fetch/refresh-loop.js';
import type { PathStatus } from '../qualification/gather-evidence.js';
import { createCrlFloor } from './answer-floor.js';
import { askRevocationSources } from './ask-revocation-sources.js';
import { createCrlCache } from './crl-cache.js';
import { judgeKept } from './judge-kept.js';
import type { KeptSubject, StatusCache } from './status-cache.js';
import { createStatusEntries, isFinal, isUsable, learn, type StatusEntry } from './status-entries.js';

/** How revocation does, for health and alarm. */
export interface RevocationReport {
  /** Certificates whose status is kept. */
  readonly known: number;
  readonly revoked: number;
  /** Of them, those for which no source gives an answer that counts now. */
  readonly unknown: number;
}

export interface RevocationStore {
  /**
   * What was said about every certificate on a path below its anchor. From memory; sources are asked only about what is not
   * known. To be called with a path that verified: the addresses asked stand in its certificates.
   */
  statusOf(path: CertificationPath, now: Date): Promise<PathStatus>;
  /** Changes whenever the status of a certificate on the path changes, or is forgotten. */
  versionOf(path: CertificationPath, now: Date): string;
  /** Asks again about all certificates for which it is time, first those whose answers end first. Answers whether all are known. */
  refresh(): Promise<boolean>;
  report(): RevocationReport;
  /** Removes kept answers that were written before and that no certificate in use needs; answers how many files. */
  sweepFiles(before: Date): Promise<number>;
  /** Called after each change of a status; answers how to stop that. */
  onChange(listener: () => void): () => void;
  start(): void;
  stop(): void;
}

export interface RevocationStoreOptions {
  readonly fetch: GuardedFetch;
  readonly clock: () => Date;
  /** How often a certificate in use is asked about. */
  readonly refreshSeconds: number;
  readonly clockSkewSeconds: number;
  readonly statusMaxAgeSeconds: number;
  /** For all sources of one certificate together, at most. */
  readonly budgetMs?: number;
  readonly maxCertificates?: number;
  /** Where answers outlive the process; leaving it out, each start asks anew. */
  readonly cache?: StatusCache;
}

const retryMs = 15_000;
const parallelQuestions = 8;

/**
 * Keeps the revocation status of the certificates in use: fetched once, refreshed in the background before it ends, so that a
 * request rarely waits. A revocation is final, but for a hold; a failing source leaves the last answer until it ends.
 */
export function createRevocationStore(options: RevocationStoreOptions): RevocationStore {
  const { clock, refreshSeconds, clockSkewSeconds, statusMaxAgeSeconds } = options;
  const entries = createStatusEntries(options.maxCertificates ?? 5_000);
  const limits = { clockSkewSeconds, statusMaxAgeSeconds };
  const listeners = createChangeListeners();
  const fetchCrl = createCrlCache(options.fetch, refreshSeconds * 0.8);
  const crlFloor = createCrlFloor();
  const loop = createRefreshLoop(Math.min(refreshSeconds, retryMs / 1000), refresh);

  function ask(entry: StatusEntry): Promise<void> {
    entry.pending ??= askOnce(entry).finally(() => {
      entry.pending = undefined;
    });
    return entry.pending;
  }

  async function askOnce(entry: StatusEntry): Promise<void> {
    if (entry.askedAt === 0 && (await restore(entry))) return;
    const { fetch, budgetMs = 8_000 } = options;
    const asked = await askRevocationSources(entry.subject, { fetch, fetchCrl, crlFloor, clock, limits, budgetMs });
    entry.askedAt = clock().getTime();
    const changed = learn(entry, asked, statusMaxAgeSeconds);
    keep(entry, changed);
    if (changed) listeners.tell();
  }

  /** Answers whether what was kept from before still decides, so that nobody need be asked now. */
  async function restore(entry: StatusEntry): Promise<boolean> {
    const decided = judgeKept(await options.cache?.read(entry.subject), entry.subject, limits);
    if (decided === undefined) return false;
    const { source, address } = decided.answer;
    if (source === 'crl' && crlFloor.refuse({ subject: entry.subject, address }, decided.status) !== undefined)
      return false;
    entry.askedAt = decided.answer.receivedAt.getTime();
    if (learn(entry, { decided, others: [] }, statusMaxAgeSeconds)) listeners.tell();
    entry.keptUntil = entry.until;
    return isUsable(entry, clock().getTime()) || isFinal(entry.decided);
  }

  /** Not each time it is asked: only a change, or an answer that counts for much longer, is worth a write. */
  function keep(entry: StatusEntry, changed: boolean): void {
    const answer = entry.decided?.answer;
    const left = entry.until - clock().getTime();
    if (options.cache === undefined || answer?.bytes === undefined) return;
    if (!changed && entry.until - entry.keptUntil < left / 2) return;
    entry.keptUntil = entry.until;
    // A disk that fails costs questions at the next start and nothing else.
    options.cache.write(entry.subject, answer).catch(() => undefined);
  }

  async function refresh(): Promise<boolean> {
    const now = clock().getTime();
    for (const { subject } of entries.forgetUnused(now)) options.cache?.remove(subject).catch(() => undefined);
    const due = entries.all().filter((entry) => isDue(entry, now, refreshSeconds));
    // A source that gives nothing must not keep from those whose answers still count.
    const rank = (entry: StatusEntry) => (isUsable(entry, now) ? entry.until : Number.MAX_SAFE_INTEGER);
    due.sort((one, other) => rank(one) - rank(other));
    const worker = async () => {
      for (let entry = due.shift(); entry !== undefined; entry = due.shift()) await ask(entry);
    };
    await Promise.all(Array.from({ length: parallelQuestions }, worker));
    return report().unknown === 0;
  }

  function report(): RevocationReport {
    const now = clock().getTime();
    const all = entries.all();
    const revoked = all.filter(({ decided }) => decided?.status.status === 'revoked').length;
    return {
      known: all.length,
      revoked,
      unknown: all.filter((entry) => !isUsable(entry, now) && !isFinal(entry.decided)).length,
    };
  }

  return {
    statusOf: async (path, now) => {
      const asked = subjectsOf(path).map((subject) => entries.take(subject, now.getTime()));
      const missing = asked.filter(
        (entry) => !isUsable(entry, now.getTime()) && isDue(entry, now.getTime(), refreshSeconds),
      );
      await Promise.all(missing.map(ask));
      const answers = asked.flatMap(({ decided, others }) =>
        decided === undefined ? others : [decided.answer, ...others],
      );
      return { answers, version: asked.map(({ version }) => version).join(' ') };
    },
    versionOf: (path, now) => {
      const known = subjectsOf(path).map((subject) => entries.find(subject, now.getTime()));
      return known.map((entry) => entry?.version ?? 'none').join(' ');
    },
    refresh,
    report,
    sweepFiles: async (before) => (await options.cache?.sweep(before, entries.all().map(toKept))) ?? 0,
    onChange: listeners.add,
    start: () => loop.start(),
    stop: () => loop.stop(),
  };
}

function toKept({ subject, decided }: StatusEntry): KeptSubject {
  return { subject, crlAddress: decided?.answer.source === 'crl' ? decided.answer.address : undefined };
}

const listed = new WeakMap<CertificationPath, readonly StatusSubject[]>();

/** Every certificate but the anchor, whose status the trusted list says, each with its issuer; listed once for a path. */
function subjectsOf(path: CertificationPath): readonly StatusSubject[] {
  const known = listed.get(path);
  if (known !== undefined) return known;
  const subjects = path.certificates.slice(0, -1).flatMap((certificate, at) => {
    const issuer = path.certificates[at + 1];
    return issuer === undefined ? [] : [{ certificate, issuer }];
  });
  listed.set(path, subjects);
  return subjects;
}

/** Half way to its end at the latest, so that an answer is replaced before it ends; soon when there is none. */
function isDue(entry: StatusEntry, now: number, refreshSeconds: number): boolean {
  if (entry.askedAt === 0) return true;
  const usual = refreshSeconds * 900;
  const wait = isUsable(entry, now) ? Math.min(usual, (entry.until - entry.askedAt) / 2) : Math.min(usual, retryMs);
  return Math.abs(now - entry.askedAt) >= wait;
}
