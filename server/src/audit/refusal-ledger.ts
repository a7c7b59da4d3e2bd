import type { RefusalCount } from '../store/refusal-counts.js';

/** Something that a stranger caused. */
export interface StrangerEvent {
  readonly at: Date;
  /** Thumbprint of the certificate presented, or the client named; empty for neither. */
  readonly subject: string;
  /** Code of the refusal, or what else it was. */
  readonly reason: string;
  /** The address, or network of addresses, that it came from. */
  readonly source: string;
  /** What a full record would hold. */
  readonly octets: number;
}

/** What may be recorded of strangers in full within a day, by one node. */
export interface LedgerBounds {
  /** Certificates and clients told apart. */
  readonly subjects: number;
  /** Of these, first seen from one source. */
  readonly subjectsPerSource: number;
  /** Pairs of subject and reason. */
  readonly entries: number;
  readonly octets: number;
}

export const usualBounds: LedgerBounds = {
  subjects: 500,
  subjectsPerSource: 10,
  entries: 2_000,
  octets: 16 * 1024 * 1024,
};

/** Stands for everybody who is no longer told apart. */
export const otherSubjects = '*';

/** Decides what of strangers is recorded in full, and counts the rest. */
export interface RefusalLedger {
  /** True for the first of its subject, reason and day, while the bounds and `hasRoom` allow it; everything else is counted. */
  admit(event: StrangerEvent, hasRoom: boolean): boolean;
  count(event: StrangerEvent): void;
  /** What was counted since the last time. */
  takeCounts(): readonly RefusalCount[];
  /** Puts back what could not be written. */
  giveBack(counts: readonly RefusalCount[]): void;
}

interface Day {
  readonly day: string;
  readonly entries: Set<string>;
  readonly subjects: Set<string>;
  readonly perSource: Map<string, number>;
  octets: number;
}

/** Makes a ledger, whose memory is bounded by what it may record in a day; each day begins anew. */
export function createRefusalLedger(bounds: LedgerBounds = usualBounds): RefusalLedger {
  let today = openDay('');
  let counts = new Map<string, RefusalCount>();

  const openToday = ({ at }: StrangerEvent): Day => {
    const day = dayOf(at);
    if (day !== today.day) today = openDay(day);
    return today;
  };
  const add = (more: RefusalCount) => {
    const key = `${more.day} ${more.subject} ${more.reason}`;
    counts.set(key, merge(counts.get(key), more));
  };
  const countAs = (subject: string, { at, reason }: StrangerEvent) =>
    add({ day: dayOf(at), subject, reason, count: 1, firstAt: at, lastAt: at });

  return {
    count: (event) => {
      const { entries } = openToday(event);
      if (entries.size < bounds.entries) entries.add(entryOf(event));
      countAs(entries.has(entryOf(event)) ? event.subject : otherSubjects, event);
    },
    admit: (event, hasRoom) => {
      const day = openToday(event);
      const known = day.entries.has(entryOf(event));
      const admitted = !known && hasRoom && fits(event, day, bounds);
      if (admitted) enter(event, day);
      else countAs(known ? event.subject : otherSubjects, event);
      return admitted;
    },
    takeCounts: () => {
      const taken = [...counts.values()];
      counts = new Map();
      return taken;
    },
    giveBack: (taken) => {
      for (const each of taken) add(each);
    },
  };
}

/** The day (UTC) that something is counted in. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function openDay(day: string): Day {
  return { day, entries: new Set(), subjects: new Set(), perSource: new Map(), octets: 0 };
}

function entryOf({ subject, reason }: StrangerEvent): string {
  return `${subject} ${reason}`;
}

/** One source alone cannot use up what there is for all. */
function fits({ subject, source, octets }: StrangerEvent, day: Day, bounds: LedgerBounds): boolean {
  if (day.entries.size >= bounds.entries || day.octets + octets > bounds.octets) return false;
  if (subject === '' || day.subjects.has(subject)) return true;
  return day.subjects.size < bounds.subjects && (day.perSource.get(source) ?? 0) < bounds.subjectsPerSource;
}

function enter(event: StrangerEvent, day: Day): void {
  const { subject, source, octets } = event;
  day.entries.add(entryOf(event));
  day.octets += octets;
  if (subject === '' || day.subjects.has(subject)) return;
  day.subjects.add(subject);
  day.perSource.set(source, (day.perSource.get(source) ?? 0) + 1);
}

function merge(before: RefusalCount | undefined, more: RefusalCount): RefusalCount {
  if (before === undefined) return more;
  return {
    ...before,
    count: before.count + more.count,
    firstAt: before.firstAt < more.firstAt ? before.firstAt : more.firstAt,
    lastAt: before.lastAt > more.lastAt ? before.lastAt : more.lastAt,
  };
}
