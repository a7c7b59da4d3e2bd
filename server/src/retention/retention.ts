import { randomUUID } from 'node:crypto';
import type { Database } from '../store/database.js';
import { releaseLease, takeLease } from '../store/leases.js';
import { daysBefore, type RetentionSettings } from './retention-settings.js';
import { sweepStore } from './sweep-store.js';

export interface RetentionOptions {
  readonly database: Database;
  readonly retention: RetentionSettings;
  readonly clock: () => Date;
  /** Deletes this node's files of status answers that nothing uses and that were written before; answers how many. */
  readonly sweepStatusFiles: (before: Date) => Promise<number>;
  readonly onDeleted: (kind: string, rows: number) => void;
  readonly onFault: (cause: unknown) => void;
}

/** Deletes from time to time what is past any use. */
export interface Retention {
  /** One sweep of the store, if no other node is at it, and of this node's own files. */
  sweep(): Promise<void>;
  start(): void;
  /** Ends after the transaction that is under way. */
  stop(): Promise<void>;
}

const sweepEvery = 600_000;
const leaseSeconds = 60;

/** The first sweep is ten minutes after the start, when what is in use has been loaded and requests have been served. */
export function createRetention(options: RetentionOptions): Retention {
  const { database, retention, clock, onDeleted, onFault } = options;
  const lease = { name: 'retention', holder: randomUUID() };
  let evidenceAfter = '';
  let stopped = false;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const keepOn = async () => !stopped && (await takeLease(database, { ...lease, seconds: leaseSeconds }));
  const sweepShared = async () => {
    try {
      evidenceAfter = await sweepStore({ database, retention, now: clock(), evidenceAfter, keepOn, onDeleted });
    } finally {
      await releaseLease(database, lease);
    }
  };
  const sweepOwn = async () => {
    const files = await options.sweepStatusFiles(daysBefore(clock(), retention.statusFileDays));
    if (files > 0) onDeleted('status-file', files);
  };
  const sweep = () => {
    running ??= Promise.all([sweepShared().catch(onFault), sweepOwn().catch(onFault)])
      .then(() => undefined)
      .finally(() => {
        running = undefined;
      });
    return running;
  };

  return {
    sweep,
    start: () => {
      timer = setInterval(() => void sweep(), sweepEvery);
      timer.unref();
    },
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
