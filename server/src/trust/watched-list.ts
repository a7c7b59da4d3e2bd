import { createHash } from 'node:crypto';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { TrustedListStatus } from '@postern/core/trust/trust-service.js';
import type { FileCache } from '../fetch/file-cache.js';
import type { FetchAnswer, GuardedFetch } from '../fetch/guarded-fetch.js';
import { parseTrustedList } from './parse-trusted-list.js';
import { refuseList } from './refuse-list.js';
import { xmlLimits } from './scan-xml.js';
import type { TrustedList } from './trusted-list.js';
import { verifyXmlSignature } from './verify-xml-signature.js';

/** Where a list is, and who may sign it. */
export interface ListSource {
  readonly territory: string;
  readonly kind: TrustedList['kind'];
  readonly address: string;
  /** SHA-256 of the signers' certificates, lower-case hexadecimal. */
  readonly signers: ReadonlySet<string>;
}

/** A list in force. */
export interface AcceptedList {
  readonly list: TrustedList;
  readonly status: TrustedListStatus;
  readonly signer: string;
}

/** How a list does, for health and alarm. */
export interface ListReport {
  readonly territory: string;
  /** `stale`: in force, but past its NextUpdate or not renewable at the moment; `failed`: not in force. */
  readonly state: 'ok' | 'stale' | 'failed';
  readonly reason: string | undefined;
  readonly sequence: number | undefined;
  readonly nextUpdate: Date | undefined;
  /** When the source last gave a good answer. */
  readonly checkedAt: Date | undefined;
  /** Entries that cannot be read and are left out. */
  readonly skipped: readonly string[];
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
  readonly fetch: GuardedFetch;
  readonly cache: FileCache;
}

const timeoutMs = 20_000;

/** Keeps one trusted list up to date; unchanged bytes cost a digest, bytes already refused as well. */
export function createWatchedList(first: ListSource, { fetch, cache }: WatchedListPorts): WatchedList {
  let source = first;
  let accepted: AcceptedList | undefined;
  let validators: { readonly etag?: string; readonly lastModified?: string } = {};
  let refused: { readonly sha256: string; readonly reason: string } | undefined;
  let failure: string | undefined = 'the list has not been fetched yet';
  let checkedAt: Date | undefined;
  let floor: AcceptedList | undefined;

  const cacheName = `list-${source.territory.toLowerCase()}.xml`;

  function consider(octets: Uint8Array, now: Date): 'new' | 'unchanged' | 'refused' {
    const sha256 = createHash('sha256').update(octets).digest('hex');
    if (accepted?.status.sha256 === sha256) return 'unchanged';
    if (refused?.sha256 !== sha256) {
      const outcome = acceptList(octets, { source, floor, sha256, now });
      if (typeof outcome !== 'string') {
        accepted = floor = outcome;
        refused = undefined;
        return 'new';
      }
      refused = { sha256, reason: outcome };
    }
    failure = refused.reason;
    return 'refused';
  }

  async function take(answer: FetchAnswer, now: Date): Promise<void> {
    if (answer.failure !== undefined) {
      failure = answer.failure;
      return;
    }
    if (answer.status === 304 && accepted === undefined) {
      failure = 'the source says that nothing changed, but there is no list in force';
      validators = {};
      return;
    }
    const outcome = answer.status === 304 ? 'unchanged' : consider(answer.bytes, now);
    if (outcome === 'refused') return;
    failure = undefined;
    checkedAt = now;
    if (answer.status === 304) return;
    validators = validatorsOf(answer);
    if (outcome === 'new') failure = await keep(cache, cacheName, answer.bytes);
  }

  return {
    accepted: () => accepted,
    refresh: async (now) => {
      const headers = conditionsOf(validators);
      await take(
        await fetch(source.address, { accept: listTypes, maxBytes: xmlLimits.maxBytes, timeoutMs, headers }),
        now,
      );
    },
    restore: async (now) => {
      const octets = await cache.read(cacheName, xmlLimits.maxBytes);
      if (octets !== undefined && consider(octets, now) === 'new') failure = 'the list is the one kept from before';
    },
    repoint: (next) => {
      const same = next.address === source.address && [...next.signers].join() === [...source.signers].join();
      source = next;
      if (same) return;
      validators = {};
      refused = undefined;
      if (accepted === undefined || next.signers.has(accepted.signer)) return;
      accepted = undefined;
      failure = 'the signer of the list is no longer pinned';
    },
    report: (now) => reportOn({ territory: source.territory, accepted, failure, checkedAt, now }),
  };
}

const listTypes = 'application/vnd.etsi.tsl+xml, application/xml, text/xml';

async function keep(cache: FileCache, name: string, octets: Uint8Array): Promise<string | undefined> {
  try {
    await cache.write(name, octets);
    return undefined;
  } catch {
    return 'the list is in force, but could not be kept on disk';
  }
}

interface Consideration {
  readonly source: ListSource;
  /** The last list that was in force, even when it no longer is: sequence numbers never go back. */
  readonly floor: AcceptedList | undefined;
  readonly sha256: string;
  readonly now: Date;
}

function acceptList(octets: Uint8Array, { source, floor, sha256, now }: Consideration): AcceptedList | string {
  try {
    const signed = verifyXmlSignature(octets, source.signers, source.kind === 'list-of-lists' ? pivotAdvice : '');
    const list = parseTrustedList(signed.octets);
    checkPlace(list, source);
    checkNotOlder(list, floor?.list);
    const { territory, sequence, issuedAt, nextUpdate } = list;
    return {
      list,
      signer: signed.signer,
      status: { territory, sequence, issuedAt, nextUpdate, sha256, acceptedAt: now },
    };
  } catch (refusal) {
    return refusal instanceof Refusal ? refusal.message : `the list cannot be read: ${String(refusal)}`;
  }
}

const pivotAdvice =
  ' Pivot lists are not followed: enter the signers that the Official Journal now names into the configuration.';

function checkPlace(list: TrustedList, source: ListSource): void {
  if (list.territory !== source.territory) {
    refuseList(`The list is of ${list.territory}, where that of ${source.territory} is expected.`);
  }
  if (list.kind !== source.kind)
    refuseList(`The list is not a ${source.kind === 'national' ? 'national list' : 'list of lists'}.`);
}

function checkNotOlder(list: TrustedList, floor: TrustedList | undefined): void {
  if (floor === undefined) return;
  const older = list.sequence < floor.sequence || (list.sequence === floor.sequence && list.issuedAt < floor.issuedAt);
  if (older) refuseList(`The list has the sequence number ${list.sequence}; ${floor.sequence} was accepted before.`);
}

function validatorsOf(answer: { readonly etag: string | undefined; readonly lastModified: string | undefined }) {
  return {
    ...(answer.etag === undefined ? {} : { etag: answer.etag }),
    ...(answer.lastModified === undefined ? {} : { lastModified: answer.lastModified }),
  };
}

function conditionsOf({ etag, lastModified }: { readonly etag?: string; readonly lastModified?: string }) {
  return {
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
  };
}

interface ReportedList {
  readonly territory: string;
  readonly accepted: AcceptedList | undefined;
  readonly failure: string | undefined;
  readonly checkedAt: Date | undefined;
  readonly now: Date;
}

function reportOn({ territory, accepted, failure, checkedAt, now }: ReportedList): ListReport {
  const nextUpdate = accepted?.status.nextUpdate;
  const expired =
    nextUpdate !== undefined && nextUpdate < now ? `its next update was due on ${nextUpdate.toISOString()}` : undefined;
  const early = accepted !== undefined && accepted.status.issuedAt > now ? 'it is issued in the future' : undefined;
  const reason = failure ?? expired ?? early;
  const state = accepted === undefined ? 'failed' : reason === undefined ? 'ok' : 'stale';
  return {
    territory,
    state,
    reason,
    sequence: accepted?.list.sequence,
    nextUpdate,
    checkedAt,
    skipped: accepted?.list.skipped ?? [],
  };
}
