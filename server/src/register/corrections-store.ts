import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { type CorrectionIndex, indexCorrections } from '@postern/core/register/match-organization.js';
import type { RegisterCorrection } from '@postern/core/register/register-correction.js';
import { createChangeListeners } from '../fetch/change-listeners.js';
import { createFileCache } from '../fetch/file-cache.js';
import { oneAtATime } from '../fetch/one-at-a-time.js';
import { createRefreshLoop } from '../fetch/refresh-loop.js';
import { maxCorrectionsBytes, parseCorrections } from './parse-corrections.js';

/** One accepted file of corrections. */
export interface LoadedCorrections {
  /** SHA-256 of the file, lower-case hexadecimal. */
  readonly version: string;
  readonly entries: readonly RegisterCorrection[];
  readonly index: CorrectionIndex;
}

export interface CorrectionsStore {
  /** Reads the file, or restores the last good one when it cannot be used. Then looks every second whether it changed. */
  start(): Promise<void>;
  /** Looks once; answers whether the file, as it is now, is in force. */
  refresh(): Promise<boolean>;
  current(): LoadedCorrections | undefined;
  /** Why the file, as it is now, is not in force. */
  failure(): string | undefined;
  onChange(listener: () => void): () => void;
  stop(): void;
}

export interface CorrectionsStoreOptions {
  readonly file: string;
  readonly cacheDirectory: string;
}

const cacheName = 'register-corrections';
const lookEverySeconds = 1;

/** Keeps the file of credit institutions and national corrections: a change counts at once, a broken file changes nothing. */
export function createCorrectionsStore({ file, cacheDirectory }: CorrectionsStoreOptions): CorrectionsStore {
  const cache = createFileCache(cacheDirectory);
  const listeners = createChangeListeners();
  let loaded: LoadedCorrections | undefined;
  let failure: string | undefined = 'the file of register corrections has not been read yet';
  let mark: string | undefined;

  const refresh = oneAtATime(async () => {
    try {
      const { ino, mtimeMs, size } = await stat(file);
      const seen = `${ino} ${mtimeMs} ${size}`;
      if (seen === mark) return failure === undefined;
      if (size > maxCorrectionsBytes) throw new Error(`it is longer than ${maxCorrectionsBytes} bytes`);
      await take(await readFile(file));
      mark = seen;
    } catch (cause) {
      mark = undefined;
      failure = `the file of register corrections cannot be read: ${String(cause)}`;
    }
    return failure === undefined;
  });
  const loop = createRefreshLoop(lookEverySeconds, refresh);

  async function take(octets: Uint8Array): Promise<void> {
    try {
      putInForce(octets);
      failure = undefined;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      failure = refusal.message;
      return;
    }
    await cache.write(cacheName, octets);
  }

  function putInForce(octets: Uint8Array): void {
    const version = createHash('sha256').update(octets).digest('hex');
    if (loaded?.version === version) return;
    const entries = parseCorrections(octets);
    loaded = { version, entries, index: indexCorrections(entries) };
    listeners.tell();
  }

  async function restore(): Promise<void> {
    const octets = await cache.read(cacheName, maxCorrectionsBytes);
    try {
      if (octets !== undefined) putInForce(octets);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
    }
  }

  return {
    start: async () => {
      if (!(await refresh())) await restore();
      loop.start();
    },
    refresh,
    current: () => loaded,
    failure: () => failure,
    onChange: listeners.add,
    stop: () => loop.stop(),
  };
}
