import { isVouchedFor } from '@postern/core/qualification/is-vouched-for.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { Decision } from '../decision.js';
import { createRecentMap, type RecentMap } from '../recent-map.js';
import type { Database } from '../store/database.js';
import { addRefusalCounts } from '../store/refusal-counts.js';
import { type AuditEvent, renderAuditRow } from './audit-event.js';
import { renderDecision } from './insert-decision.js';
import { createRefusalLedger, dayOf, type RefusalLedger, type StrangerEvent } from './refusal-ledger.js';
import { createWaitingEntries } from './waiting-entries.js';
import { writeEntries } from './write-entries.js';

/**
 * Collects the events of requests that change nothing (reads and refusals), and decisions, and writes them together,
 * so that no request waits for the store. Events of a change never come here: they go with its transaction.
 */
export interface AuditLog {
  /**
   * Takes an event. With `source`, the address that it came from, it is what a stranger may have caused: then it is recorded in full
   * when a granted service vouches for the certificate that it names, and otherwise once a day, with the decision that it names; the
   * rest is counted.
   */
  append(event: AuditEvent, source?: string): void;
  /**
   * Keeps the evidence of a decision: events refer to it by its id. That of a stranger is kept with the first event that names it.
   * Throws Refusal SERVER_BUSY for all others while the memory for what waits is used up: nothing is done on what cannot be recorded.
   */
  appendDecision(decision: Decision): void;
  /** Whether another entry can be taken; false when the store has been failing and the memory for it is used up. */
  readonly writable: boolean;
  /** Writes what is waiting, then stops. */
  close(): Promise<void>;
}

export interface AuditLogOptions {
  readonly database: Database;
  readonly onFault: (cause: unknown) => void;
  readonly ledger?: RefusalLedger;
  /** The most octets that may wait, and of these, those of strangers. */
  readonly mostOctets?: number;
}

const flushMilliseconds = 100;
const countsEvery = 20;
const entriesPerTransaction = 500;
const usualOctets = 32 * 1024 * 1024;
const shareOfStrangers = 1 / 8;
const mostRemembered = 20_000;
const mostStrangersUnderWay = 64;

/**
 * Makes the log. A write that fails is tried again, in order; an entry that the store can never take (SQLSTATE class 22) is
 * given up alone, so that it does not hold back the others. `onFault` is told of both, and of what a full memory loses.
 */
export function createAuditLog(options: AuditLogOptions): AuditLog {
  const { database, onFault, ledger = createRefusalLedger(), mostOctets = usualOctets } = options;
  const waiting = createWaitingEntries();
  /** Whether a granted service vouches for the certificate, by thumbprint, as it was judged last; strangers are not remembered. */
  const vouchedFor = createRecentMap<boolean>(mostRemembered);
  /** Decisions on strangers whose requests are not answered yet. */
  const underWay = new Map<string, Decision>();
  let turns = 0;
  let lost = 0;
  let writing: Promise<void> | undefined;
  let closed = false;

  const push = (entry: Parameters<typeof waiting.push>[0]) => {
    if (closed) throw new Error('the audit log is closed');
    if (waiting.octets >= mostOctets) lost += 1;
    else waiting.push(entry);
    if (waiting.length >= entriesPerTransaction) void start();
  };
  const writeCounts = async () => {
    const counts = ledger.takeCounts();
    try {
      await addRefusalCounts(database, counts);
    } catch (cause) {
      ledger.giveBack(counts);
      throw cause;
    }
  };
  /** Writes until fewer wait than `enough`: what comes while a batch is written waits for the next turn, not for one of its own. */
  const flush = async (enough: number) => {
    do {
      const batch = waiting.peek(entriesPerTransaction);
      if (batch.length > 0) await writeEntries(database, batch, onFault);
      waiting.drop(batch.length);
    } while (waiting.length >= enough);
    if (lost > 0) onFault(new Error(`${lost} audit entries were lost while the store did not answer`));
    lost = 0;
    turns += 1;
    if (closed || turns % countsEvery === 0) await writeCounts();
  };
  const start = () => {
    writing ??= flush(entriesPerTransaction)
      .catch(onFault)
      .finally(() => {
        writing = undefined;
      });
    return writing;
  };
  const timer = setInterval(start, flushMilliseconds);
  timer.unref();

  const appendOfStranger = (event: AuditEvent, source: string) => {
    const decision = takeUnderWay(underWay, event.decisionId);
    const stranger = describe(event, source, decision);
    if (!ledger.admit(stranger, waiting.octets < mostOctets * shareOfStrangers)) return;
    const { id, row } = renderAuditRow(event);
    const { at, subject, reason } = stranger;
    const first = { day: dayOf(at), subject, reason, eventId: id, at };
    push({ row, first, decision: decision && renderDecision(decision) });
  };

  return {
    append: (event, source) => {
      const isKnown = event.thumbprint !== undefined && vouchedFor.get(event.thumbprint) === true;
      if (source !== undefined && !isKnown) appendOfStranger(event, source);
      else if (source !== undefined && waiting.octets >= mostOctets) ledger.count(describe(event, source));
      else push({ row: renderAuditRow(event).row });
    },
    appendDecision: (decision) => {
      // Only who was admitted with a certificate for websites has others judged.
      if (decision.evidence.use === 'website' && !noteVouching(decision, vouchedFor))
        return keepUnderWay(underWay, decision);
      if (waiting.octets >= mostOctets) throw recordsFull();
      push({ decision: renderDecision(decision) });
    },
    get writable() {
      return waiting.octets < mostOctets;
    },
    close: async () => {
      closed = true;
      clearInterval(timer);
      await writing;
      await flush(1);
    },
  };
}

/** What is answered while nothing more can be recorded. */
export function recordsFull(): Refusal {
  return new Refusal('SERVER_BUSY', 'The store does not take records at the moment.', { retryAfterSeconds: 5 });
}

const octetsOfEvent = 600;
const octetsOfFindings = 8_000;

function describe(event: AuditEvent, source: string, decision?: Decision): StrangerEvent {
  const subject = event.clientId ?? event.thumbprint ?? '';
  const reason = event.kind === 'request-refused' ? (event.code ?? '') : event.kind;
  return { at: event.at, subject, reason, source, octets: octetsOfEvent + octetsOf(decision) };
}

function octetsOf(decision: Decision | undefined): number {
  if (decision === undefined) return 0;
  const { certificate, presented } = decision.evidence;
  return [certificate, ...presented].reduce((sum, { der }) => sum + der.length, octetsOfFindings);
}

/** Whether a granted service vouches for who was decided on; what the lists said before counts while there are none. */
function noteVouching({ evidence, qualification }: Decision, vouchedFor: RecentMap<boolean>): boolean {
  const { certificate, trust } = evidence;
  const before = vouchedFor.get(certificate.thumbprint);
  const isVouched = trust.available ? isVouchedFor(evidence, qualification.at) : before === true;
  if (isVouched || before === true) vouchedFor.set(certificate.thumbprint, isVouched);
  return isVouched;
}

function keepUnderWay(underWay: Map<string, Decision>, decision: Decision): void {
  underWay.set(decision.id, decision);
  for (const oldest of underWay.keys()) {
    if (underWay.size <= mostStrangersUnderWay) break;
    underWay.delete(oldest);
  }
}

function takeUnderWay(underWay: Map<string, Decision>, id: string | undefined): Decision | undefined {
  const decision = id === undefined ? undefined : underWay.get(id);
  if (decision !== undefined) underWay.delete(decision.id);
  return decision;
}
