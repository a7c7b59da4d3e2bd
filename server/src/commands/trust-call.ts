import type { Config } from '../config.js';
import { createTrustStore, type TrustStore } from '../trust/trust-store.js';
import { readTrustOptions } from './trust-options.js';

/** How `postern trust` was called. */
export interface TrustCall {
  readonly config: Config;
  readonly json: boolean;
  readonly rest: readonly string[];
}

/** Works with the lists kept on disk; nothing is fetched. */
export async function withKeptLists<T>({ config }: TrustCall, work: (store: TrustStore) => Promise<T>): Promise<T> {
  const store = createTrustStore({ ...readTrustOptions(config), fetch: undefined, clock: () => new Date() });
  try {
    await store.restore();
    return await work(store);
  } finally {
    store.stop();
  }
}

/** Lines of columns, each as wide as its widest entry. */
export function renderColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** Writes to standard output; what lists say is not to steer a terminal. */
export function print(text: string): void {
  process.stdout.write(text.replace(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{fffd}'));
}

/** As people write it: date and minute, UTC. */
export function renderMinute(time: Date | undefined): string {
  return time === undefined ? '-' : `${time.toISOString().slice(0, 16).replace('T', ' ')}`;
}
