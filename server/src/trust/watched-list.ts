import { setImmediate } from 'node:timers/promises';
import type { TrustedListStatus } from '@postern/core/trust/trust-service.js';
import { readListedCertificate } from '@postern/core/trust/trust-service-index.js';
import type { FetchAnswer, GuardedFetch } from '../fetch/guarded-fetch.js';
import type { NewestPivot } from './follow-pivots.js';
import { countEntries, judgeList } from './judge-list.js';
import { digestOf, type ListFiles } from './list-files.js';
import type { ListFloor } from './list-floor.js';
import { type ListReport, reportOnList } from './list-report.js';
import { xmlLimits } from './scan-xml.js';
import type { TrustedList } from './trusted-list.js';
import type { ListTask, VerifiedList } from './verify-list.js';

/** Where a list is, and who may sign it. */
export interface ListSource {
  readonly territory: string;
  readonly kind: TrustedList['kind'];
  readonly address: string;
  /** Who may sign these octets, or why that cannot be told. */
  readonly authority: (octets: Uint8Array) => Promise<ListAuthority | string>;
  /** Changes whenever the answer of `authority` may; the same text is the same authority. */
  readonly authorityKey: string;
  /** Whether a list in force by this signer stays in force. */
  readonly stillAllows: (signer: string) => boolean;
}

/** Who may sign a list, and for the list of lists the way there. */
export interface ListAuthority {
  /** SHA-256 of the signers' certificates, lower-case hexadecimal. */
  readonly signers: ReadonlySet<string>;
  readonly pivots: readonly number[];
  readonly newestPivot: NewestPivot | undefined;
  readonly journalAddress: string | undefined;
  readonly journalEntered: boolean;
  readonly alarm: string | undefined;
}

/** A list in force. */
export interface AcceptedList {
  readonly list: TrustedList;
  readonly status: TrustedListStatus;
  readonly signer: string;
  /** For the list of lists: the pivot that led to it last. */
  readonly newestPivot: NewestPivot | undefined;
  /** What an operator should look at, though the list is good. */
  readonly alarm: string | undefined;
}

export interface WatchedList {
  accepted(): AcceptedList | undefined;
  /** Asks the source; whatever it answers, the list in force stays unless a better one verifies. Never rejects. */
  refresh(now: Date): Promise<void>;
  /** Takes the last good list from the cache, verified anew. Never rejects. */
  restore(now: Date): Promise<void>;
  /** Changes source and signers; a list in force whose signer is no longer among them ends. */
  repoint(source: ListSource): void;
  report(now: Date): ListReport;
}

export interface WatchedListPorts {
  /** Undefined where lists come as files only. */
  readonly fetch: GuardedFetch | undefined;
  readonly files: ListFiles;
  readonly verify: (task: ListTask) => Promise<VerifiedList>;
}

const timeoutMs = 20_000;

/** Keeps one trusted list up to date; unchanged bytes cost a digest, bytes already refused as well. */
export function createWatchedList(first: ListSource, { fetch, files, verify }: WatchedListPorts): WatchedList {
  let source = first;
  let accepted: AcceptedList | undefined;
  let validators: Validators = {};
  let declined: Declined | undefined;
  let failure: string | undefined = 'there is no list yet';
  let outage = false;
  let checkedAt: Date | undefined;
  let floor: ListFloor | undefined;

  async function consider(octets: Uint8Array, now: Date): Promise<'new' | 'unchanged' | 'declined'> {
    const sha256 = digestOf(octets);
    if (accepted?.status.sha256 === sha256) return 'unchanged';
    const released = (await files.readRelease()) === sha256;
    if (declined?.sha256 !== sha256 || released) {
      floor = higher(floor, await files.readFloor());
      const outcome = await decideOn(octets, { source, floor, released, sha256, now, verify });
      if (outcome.outcome === 'accepted') {
        accepted = outcome.list;
        floor = outcome.floor;
        declined = undefined;
        return 'new';
      }
      if (outcome.outcome === 'unauthorised') {
        // Not a word about the list itself: asked again with the same octets, as soon as there are pivots.
        failure = outcome.reason;
        return 'declined';
      }
      declined = { ...outcome, sha256 };
      if (outcome.outcome === 'quarantined') await files.writeQuarantined(octets).catch(() => undefined);
    }
    failure = declined.outcome === 'refused' ? declined.reason : undefined;
    return 'declined';
  }

  /** Another process may have brought a list: `postern trust import` and `accept` do. */
  async function reread(now: Date): Promise<boolean> {
    const octets = await files.readList();
    if (octets === undefined || (await consider(octets, now)) !== 'new') return false;
    await raiseFloor(files, floor).catch(() => undefined);
    return true;
  }

  /** What waited for an operator before a start still does, unless it would no longer be taken at all. */
  async function recallQuarantine(now: Date): Promise<void> {
    const octets = accepted === undefined ? undefined : await files.readQuarantined();
    if (octets === undefined || (await consider(octets, now)) !== 'declined') return;
    failure = undefined;
    if (declined?.outcome === 'refused') declined = undefined;
  }

  async function take(answer: FetchAnswer, now: Date): Promise<void> {
    outage = answer.failure !== undefined && answer.refused !== true;
    if (answer.failure !== undefined) {
      failure = answer.failure;
      return;
    }
    if (answer.status === 304 && accepted === undefined) {
      failure = 'the source says that nothing changed, but there is no list in force';
      validators = {};
      return;
    }
    const outcome = answer.status === 304 ? 'unchanged' : await consider(answer.bytes, now);
    if (outcome === 'declined') return;
    failure = undefined;
    declined = undefined;
    checkedAt = now;
    if (answer.status === 304) return;
    validators = validatorsOf(answer);
    if (outcome === 'new') failure = await keep(files, answer.bytes, floor);
  }

  return {
    accepted: () => accepted,
    refresh: async (now) => {
      const brought = await reread(now);
      if (fetch === undefined) {
        if (brought) checkedAt = now;
        failure = accepted === undefined ? 'no list was imported yet' : undefined;
        return;
      }
      const headers = conditionsOf(validators);
      await take(
        await fetch(source.address, { accept: listTypes, maxBytes: xmlLimits.maxBytes, timeoutMs, headers }),
        now,
      );
    },
    restore: async (now) => {
      if (await reread(now)) failure = undefined;
      await recallQuarantine(now);
    },
    repoint: (next) => {
      const same = next.address === source.address && next.authorityKey === source.authorityKey;
      source = next;
      if (same) return;
      validators = {};
      declined = undefined;
      if (accepted === undefined || next.stillAllows(accepted.signer)) return;
      accepted = undefined;
      outage = false;
      failure = 'the signer of the list is no longer pinned';
    },
    report: (now) =>
      reportOnList({
        territory: source.territory,
        accepted,
        failure,
        outage,
        quarantine: declined?.outcome === 'quarantined' ? declined.reason : undefined,
        checkedAt,
        now,
      }),
  };
}

const listTypes = 'application/vnd.etsi.tsl+xml, application/xml, text/xml';

interface Declined {
  readonly sha256: string;
  readonly outcome: 'refused' | 'quarantined';
  readonly reason: string;
}

interface Consideration {
  readonly source: ListSource;
  readonly floor: ListFloor | undefined;
  readonly released: boolean;
  readonly sha256: string;
  readonly now: Date;
  readonly verify: WatchedListPorts['verify'];
}

type Outcome =
  | { readonly outcome: 'accepted'; readonly list: AcceptedList; readonly floor: ListFloor }
  | { readonly outcome: 'refused' | 'quarantined'; readonly reason: string }
  | { readonly outcome: 'unauthorised'; readonly reason: string };

async function decideOn(octets: Uint8Array, consideration: Consideration): Promise<Outcome> {
  const { source, floor, released, sha256, now, verify } = consideration;
  const authority = await source.authority(octets);
  if (typeof authority === 'string') return { outcome: 'unauthorised', reason: authority };
  const verified = await verify({ octets, signers: authority.signers });
  if ('refused' in verified) return { outcome: 'refused', reason: verified.refused };
  const { list, signer } = verified;
  const { territory, kind } = source;
  const judged = judgeList(list, { ...authority, territory, kind, floor, released });
  if (judged.outcome === 'quarantined')
    return {
      outcome: 'quarantined',
      reason: `sequence ${list.sequence} is held back: ${judged.reason}. After a look: postern trust accept ${territory} ${list.sequence}`,
    };
  if (judged.outcome === 'refused') return judged;
  await readCertificates(list);
  const { sequence, issuedAt, nextUpdate } = list;
  const status = { territory, sequence, issuedAt, nextUpdate, sha256, acceptedAt: now };
  const alarm = authority.alarm ?? changeOfJournal(floor, authority);
  return {
    outcome: 'accepted',
    list: { list, signer, status, newestPivot: authority.newestPivot, alarm },
    floor: floorOf(list, authority, alarm === undefined ? authority.journalAddress : floor?.journalAddress),
  };
}

/** Read here, a few at a time, so that nobody waits for it when the index of all lists is made. */
async function readCertificates({ services }: TrustedList): Promise<void> {
  for (const [at, { certificates }] of services.entries()) {
    for (const der of certificates) readListedCertificate(der);
    if (at % 20 === 19) await setImmediate();
  }
}

function changeOfJournal(
  floor: ListFloor | undefined,
  { journalAddress, journalEntered }: ListAuthority,
): string | undefined {
  if (journalEntered || floor?.journalAddress === undefined || floor.journalAddress === journalAddress)
    return undefined;
  return `the list of lists names ${journalAddress ?? 'no notice of the Official Journal'}, where it named ${floor.journalAddress}: compare its signers with trust.lotl.signers and enter the address as trust.lotl.officialJournal`;
}

function floorOf(list: TrustedList, { pivots }: ListAuthority, journalAddress: string | undefined): ListFloor {
  return { sequence: list.sequence, issuedAt: list.issuedAt, ...countEntries(list), pivots, journalAddress };
}

/** What another process let in counts as well; counts of entries come with the newest. */
function higher(known: ListFloor | undefined, kept: ListFloor | undefined): ListFloor | undefined {
  if (known === undefined || kept === undefined) return known ?? kept;
  return kept.sequence >= known.sequence ? kept : known;
}

async function keep(files: ListFiles, octets: Uint8Array, floor: ListFloor | undefined): Promise<string | undefined> {
  try {
    await files.exclusively(async () => {
      const kept = await files.readFloor();
      // Another process brought a newer one in the meantime: it is taken from there at the next refresh.
      if (floor === undefined || (kept !== undefined && kept.sequence > floor.sequence)) return;
      await files.writeFloor(floor);
      await files.writeList(octets);
      await files.removeQuarantined();
    });
    return undefined;
  } catch {
    return 'the list is in force, but could not be kept on disk';
  }
}

/** Never lower than what another process has written. */
async function raiseFloor(files: ListFiles, floor: ListFloor | undefined): Promise<void> {
  await files.exclusively(async () => {
    const highest = higher(floor, await files.readFloor());
    if (highest !== undefined) await files.writeFloor(highest);
  });
}

interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

function validatorsOf(answer: { readonly etag: string | undefined; readonly lastModified: string | undefined }) {
  return {
    ...(answer.etag === undefined ? {} : { etag: answer.etag }),
    ...(answer.lastModified === undefined ? {} : { lastModified: answer.lastModified }),
  };
}

function conditionsOf({ etag, lastModified }: Validators) {
  return {
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
  };
}
