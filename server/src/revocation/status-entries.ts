import type { RevocationAnswer } from '@postern/core/revocation/revocation-answer.js';
import type { StatusSubject } from '@postern/core/revocation/revocation-status.js';
import { refuseOlder } from './answer-floor.js';
import type { AskedStatus, DecidedStatus } from './ask-revocation-sources.js';

/** What is known of one certificate. */
export interface StatusEntry {
  readonly subject: StatusSubject;
  decided: DecidedStatus | undefined;
  /** Until when the answer that decided counts. */
  until: number;
  /** Until when the one counts that is kept on disk. */
  keptUntil: number;
  /** The other answers and failures of the last time. */
  others: readonly RevocationAnswer[];
  askedAt: number;
  usedAt: number;
  /** Changes with the status; 0 before anything was asked. */
  version: number;
  pending: Promise<void> | undefined;
}

/** What is known of the certificates in use, the longest unused forgotten first. */
export interface StatusEntries {
  /** The entry of a certificate, made when there is none. */
  take(subject: StatusSubject, now: number): StatusEntry;
  find(subject: StatusSubject, now: number): StatusEntry | undefined;
  all(): readonly StatusEntry[];
  /** Forgets what was not used for a day; answers what that was. */
  forgetUnused(now: number): readonly StatusEntry[];
}

const forgetMs = 24 * 60 * 60 * 1000;
const touchedEveryMs = 60 * 1000;

export function createStatusEntries(maxEntries: number): StatusEntries {
  const entries = new Map<string, StatusEntry>();

  function find(subject: StatusSubject, now: number): StatusEntry | undefined {
    const key = keyOf(subject);
    const known = entries.get(key);
    if (known === undefined) return undefined;
    // Every request comes here: for the order of a day, once in a minute is exact enough.
    if (Math.abs(now - known.usedAt) < touchedEveryMs) return known;
    known.usedAt = now;
    entries.delete(key);
    entries.set(key, known);
    return known;
  }

  return {
    find,
    take: (subject, now) => {
      const known = find(subject, now);
      if (known !== undefined) return known;
      const entry = newEntry(subject, now);
      entries.set(keyOf(subject), entry);
      for (const oldest of entries.keys()) {
        if (entries.size <= maxEntries) break;
        entries.delete(oldest);
      }
      return entry;
    },
    all: () => [...entries.values()],
    forgetUnused: (now) => {
      const unused = [...entries].filter(([, { usedAt }]) => now - usedAt > forgetMs);
      for (const [key] of unused) entries.delete(key);
      return unused.map(([, entry]) => entry);
    },
  };
}

function newEntry(subject: StatusSubject, usedAt: number): StatusEntry {
  return {
    subject,
    decided: undefined,
    until: 0,
    keptUntil: 0,
    others: [],
    askedAt: 0,
    usedAt,
    version: 0,
    pending: undefined,
  };
}

function keyOf({ certificate, issuer }: StatusSubject): string {
  return `${certificate.thumbprint} ${issuer.thumbprint}`;
}

/** Whether an answer of good or revoked counts now. */
export function isUsable({ decided, until }: StatusEntry, now: number): boolean {
  return decided !== undefined && until > now;
}

let versions = 0;

/** Takes what was asked into an entry; answers whether its status changed. */
export function learn(entry: StatusEntry, { decided, others }: AskedStatus, statusMaxAgeSeconds: number): boolean {
  const before = entry.decided;
  if (isFinal(before) && decided?.status.status !== 'revoked') return false;
  const failure = decided && refuseOlder(before, decided);
  entry.others =
    failure === undefined || decided === undefined ? others : [...others, { ...placeOf(decided.answer), failure }];
  if (decided !== undefined && failure === undefined) {
    const { thisUpdate, nextUpdate } = decided.status;
    entry.decided = decided;
    entry.until = nextUpdate?.getTime() ?? (thisUpdate?.getTime() ?? 0) + statusMaxAgeSeconds * 1000;
  }
  const same =
    entry.version > 0 &&
    before?.status.status === entry.decided?.status.status &&
    isFinal(before) === isFinal(entry.decided);
  if (same) return false;
  // Versions are never used twice, so that an entry forgotten and learnt anew is not taken for the old one.
  versions += 1;
  entry.version = versions;
  return true;
}

function placeOf({ source, address, receivedAt }: RevocationAnswer) {
  return { source, address, receivedAt };
}

/** Whether a status stays whatever is said later: a revocation that is not a hold. */
export function isFinal(decided: DecidedStatus | undefined): boolean {
  return decided?.status.status === 'revoked' && decided.status.reason !== 'certificateHold';
}
