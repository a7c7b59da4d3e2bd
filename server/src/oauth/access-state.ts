import type { RequestKey } from '@postern/core/signature/request-key.js';
import { toRequestKey } from '../request-keys.js';
import type { Sql } from '../store/database.js';
import {
  type AccessSubject,
  type LiveAccess,
  type LiveKey,
  readLiveAccess,
  readLiveKeys,
} from '../store/live-access.js';

/** What an access token depends on beside its own claims; the same object as long as nothing has changed. */
export interface AccessState {
  readonly access: LiveAccess;
  readonly keys: readonly RequestKey[];
}

/** Reads states from the store, ahead of their use for those that are in use. */
export interface StateReader {
  /** Undefined when the client or the grant has ended or is none. At once when it was read less than a second ago. */
  read(subject: AccessSubject): (AccessState | undefined) | Promise<AccessState | undefined>;
  evict(grantOrClientId: string): void;
  close(): void;
}

interface Entry {
  readonly subject: AccessSubject;
  state: AccessState | undefined;
  /** Beginning of the last read that ended; -Infinity before the first one. */
  readAt: number;
  usedAt: number;
  loading: Promise<void> | undefined;
}

const answersFor = 1_000;
const readEvery = 400;
const keptUnused = 10_000;
const mostPerQuery = 1_000;

/** `monotonic` tells milliseconds that never go back: a clock that is set must not prolong what was read. */
export function createStateReader(sql: Sql, monotonic: () => number): StateReader {
  const entries = new Map<string, Entry>();
  let refreshing = false;
  const refresh = async () => {
    if (refreshing) return;
    refreshing = true;
    try {
      const inUse = dropUnused(entries, monotonic());
      for (let start = 0; start < inUse.length; start += mostPerQuery) {
        await readInto(sql, inUse.slice(start, start + mostPerQuery), monotonic);
      }
    } catch {
      // Entries that could not be read again grow too old to answer; the next call that needs one meets the fault itself.
    } finally {
      refreshing = false;
    }
  };
  const timer = setInterval(() => void refresh(), readEvery);
  timer.unref();

  return {
    read: (subject) => {
      const now = monotonic();
      const entry = entryOf(entries, subject);
      entry.usedAt = now;
      if (now - entry.readAt <= answersFor) return entry.state;
      entry.loading ??= readInto(sql, [entry], monotonic).finally(() => {
        entry.loading = undefined;
      });
      return entry.loading.then(() => entry.state);
    },
    evict: (id) => {
      for (const [key, { subject }] of entries) {
        if (subject.grantId === id || subject.clientId === id) entries.delete(key);
      }
    },
    close: () => clearInterval(timer),
  };
}

function entryOf(entries: Map<string, Entry>, subject: AccessSubject): Entry {
  const key = keyOf(subject);
  const known = entries.get(key);
  if (known !== undefined) return known;
  const entry = { subject, state: undefined, readAt: Number.NEGATIVE_INFINITY, usedAt: 0, loading: undefined };
  entries.set(key, entry);
  return entry;
}

function dropUnused(entries: Map<string, Entry>, now: number): readonly Entry[] {
  for (const [key, entry] of entries) {
    if (now - entry.usedAt > keptUnused && entry.loading === undefined) entries.delete(key);
  }
  return [...entries.values()].filter(({ loading }) => loading === undefined);
}

async function readInto(sql: Sql, wanted: readonly Entry[], monotonic: () => number): Promise<void> {
  const begin = monotonic();
  const found = new Map(
    (
      await readLiveAccess(
        sql,
        wanted.map(({ subject }) => subject),
      )
    ).map((access) => [keyOf(access), access]),
  );
  const changed = wanted.filter(({ subject, state }) => {
    const access = found.get(keyOf(subject));
    return access !== undefined && state?.access.keyVersion !== access.keyVersion;
  });
  const keys =
    changed.length === 0
      ? []
      : await readLiveKeys(
          sql,
          changed.map(({ subject }) => subject.clientId),
        );
  for (const entry of wanted) {
    // A read that began earlier and ended later must not bring an old state back.
    if (entry.readAt > begin) continue;
    const access = found.get(keyOf(entry.subject));
    entry.state = access === undefined ? undefined : nextState(entry, access, keys);
    entry.readAt = begin;
  }
}

function nextState({ state, subject }: Entry, access: LiveAccess, keys: readonly LiveKey[]): AccessState {
  if (state === undefined || state.access.keyVersion !== access.keyVersion) {
    return { access, keys: keys.filter(({ clientId }) => clientId === subject.clientId).flatMap(toRequestKey) };
  }
  return JSON.stringify(state.access) === JSON.stringify(access) ? state : { access, keys: state.keys };
}

function keyOf({ clientId, grantId }: AccessSubject): string {
  return `${clientId} ${grantId ?? ''}`;
}
