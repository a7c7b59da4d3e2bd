import type { FirstRefusal } from '../store/refusal-counts.js';
import type { RenderedDecision } from './insert-decision.js';

/** What waits to be written: the row of an event, a decision, or both; with `first`, unless another node was first with the same. */
export interface WaitingEntry {
  readonly row?: string;
  readonly decision?: RenderedDecision | undefined;
  readonly first?: FirstRefusal & { readonly at: Date };
}

/** Entries in their order, with the octets that they hold; a part of evidence that several name is held, and counted, once. */
export interface WaitingEntries {
  readonly octets: number;
  readonly length: number;
  push(entry: WaitingEntry): void;
  /** The first of them, which stay. */
  peek(most: number): readonly WaitingEntry[];
  /** Lets go of the first of them. */
  drop(count: number): void;
}

/** Of the objects around each text. */
const octetsPerEntry = 200;

export function createWaitingEntries(): WaitingEntries {
  const parts = new Map<string, number>();
  let entries: WaitingEntry[] = [];
  let octets = 0;
  const weigh = ({ row, decision }: WaitingEntry) =>
    octetsPerEntry + (row?.length ?? 0) + (decision === undefined ? 0 : decision.record.length);
  const hold = (name: string, size: number) => {
    const holders = parts.get(name) ?? 0;
    if (holders === 0) octets += size;
    parts.set(name, holders + 1);
  };
  const release = (name: string, size: number) => {
    const holders = (parts.get(name) ?? 1) - 1;
    if (holders > 0) return void parts.set(name, holders);
    parts.delete(name);
    octets -= size;
  };
  return {
    get octets() {
      return octets;
    },
    get length() {
      return entries.length;
    },
    push: (entry) => {
      entries.push(entry);
      octets += weigh(entry);
      for (const [name, bytes] of entry.decision?.parts ?? []) hold(name, bytes.length);
    },
    peek: (most) => entries.slice(0, most),
    drop: (count) => {
      for (const entry of entries.slice(0, count)) {
        octets -= weigh(entry);
        for (const [name, bytes] of entry.decision?.parts ?? []) release(name, bytes.length);
      }
      entries = entries.slice(count);
    },
  };
}
