import type { Database } from '../store/database.js';
import { type Delivery, type Notice, type NoticeChannel, readDueNotices, writeDelivery } from '../store/notices.js';

/** Hands a notice over; answers why that failed, or undefined once the other side has taken it. */
export type NoticeAdapter = (notice: Notice) => Promise<string | undefined>;

export interface DeliveryOptions {
  readonly database: Database;
  readonly adapters: Readonly<Partial<Record<NoticeChannel, NoticeAdapter>>>;
  readonly clock: () => Date;
  /** Told of each failure, for the log: the notice stays and is tried again. */
  readonly onFailure: (notice: Notice, failure: string, givenUp: boolean) => void;
}

const mostAtOnce = 20;
const roundsAtOnce = 50;
const firstWait = 5_000;
const longestWait = 3_600_000;
/** Three days of trying: what is older is better read from the audit, and what comes after it must get through. */
const givesUpAfter = 3 * 86_400_000;

/**
 * Delivers what waits in the outbox, at least once each and for every client in order: a notice waits until the one before it
 * was taken or given up. Waits double from five seconds to an hour.
 */
export async function deliverNotices(options: DeliveryOptions): Promise<void> {
  for (let round = 0; round < roundsAtOnce; round += 1) {
    const due = await readDueNotices(options.database, options.clock(), mostAtOnce);
    if (due.length === 0) return;
    await Promise.all(due.map((notice) => deliver(options, notice)));
  }
}

async function deliver(options: DeliveryOptions, notice: Notice): Promise<void> {
  const failure = await attempt(options, notice);
  const at = options.clock();
  const delivery = failure === undefined ? { at } : failedAt(notice, failure, at);
  await writeDelivery(options.database, notice.id, delivery);
  if (failure !== undefined) {
    options.onFailure(notice, failure, delivery.failure !== undefined && delivery.nextAt === undefined);
  }
}

async function attempt({ adapters }: DeliveryOptions, notice: Notice): Promise<string | undefined> {
  const adapter = adapters[notice.channel];
  if (adapter === undefined) return `the channel ${notice.channel} is not configured any more`;
  try {
    return await adapter(notice);
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

function failedAt(notice: Notice, failure: string, at: Date): Delivery {
  const wait = Math.min(firstWait * 2 ** Math.min(notice.attempts, 20), longestWait);
  const nextAt = new Date(at.getTime() + wait);
  const givenUp = nextAt.getTime() - notice.writtenAt.getTime() > givesUpAfter;
  return { at, failure, nextAt: givenUp ? undefined : nextAt };
}
