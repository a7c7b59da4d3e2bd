import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { JourneyReport } from '@postern/web/views/journey-view.js';
import { insertAuditEvents } from '../audit/audit-event.js';
import { createGate } from '../quota/gate.js';
import { requireRoomNow } from '../quota/limited.js';
import { createMemoryQuota, takeEach } from '../quota/memory-quota.js';
import type { QuotaRule } from '../quota/rule.js';
import type { Realm } from '../realm.js';
import type { Database } from '../store/database.js';
import { insertJourney, type JourneyRow, readForgottenJourneys, removeJourney } from '../store/journeys.js';
import { takeEachOfStore } from '../store/quotas.js';
import { connectTo } from './explorer-connection.js';
import type { JourneyWorld, Visitor } from './journey-world.js';
import { runJourney } from './run-journey.js';

/** The journeys of one brand's sandbox. */
export interface Explorer {
  /** Throws Refusal RATE_LIMITED. */
  explore(call: ExplorerCall): Promise<JourneyReport>;
}

export interface ExplorerCall {
  readonly facts: JourneyWorld['facts'];
  /** Who asks, to count by. */
  readonly source: string;
  readonly correlationId: string;
}

export interface ExplorerOptions {
  readonly realm: Realm;
  readonly database: Database;
  readonly clock: () => Date;
  readonly customer: Visitor;
  /** PEM: what our own listeners present. */
  readonly trusted: readonly string[];
  /** The code behind the address that gives test certificates; counts by the source. */
  readonly apply: (body: Uint8Array, call: { source: string; correlationId: string }) => Promise<object>;
  /** Told of the clients that were ended, once all is removed. */
  readonly onRemoved: (clientIds: readonly string[]) => Promise<void>;
  readonly onFault: (cause: unknown) => void;
}

/** Each journey costs two keys, two certificates and a dozen connections. */
const underWay = { atOnce: 2, ofOne: 1, waitingOfOne: 0, waiting: 0 };
const perMinute: QuotaRule = { name: 'journeys-per-minute', most: 3, perSeconds: 60 };
const perMinuteOfAll: QuotaRule = { name: 'journeys-per-minute-of-all', most: 12, perSeconds: 60 };
const perDay: QuotaRule = { name: 'journeys', most: 50, perSeconds: 86_400 };
/** However many visitors there are, a sandbox is not theirs alone. */
const perDayOfAll: QuotaRule = { name: 'journeys-of-all', most: 500, perSeconds: 86_400 };
const message = 'Too many journeys are under way, or were begun lately.';
const longest = 25_000;
const forgottenAfter = 600_000;

/** Makes a throw-away third party for each visitor who asks, has it go the whole way, and removes what is left of it, whatever happens. */
export function createExplorer(options: ExplorerOptions): Explorer {
  const { clock } = options;
  const gate = createGate(underWay);
  const ofSource = createMemoryQuota(perMinute);
  const ofAll = createMemoryQuota(perMinuteOfAll);
  return {
    explore: (call) =>
      gate.run(call.source, async () => {
        const takes = [
          { quota: ofSource, key: call.source },
          { quota: ofAll, key: '' },
        ];
        requireRoomNow(takeEach(takes, clock()), message);
        await removeForgotten(options, call.correlationId);
        await countOfDay(options, call.source);
        return exploreOnce(options, call);
      }),
  };
}

async function exploreOnce(options: ExplorerOptions, call: ExplorerCall): Promise<JourneyReport> {
  const { realm, database, clock, customer, trusted, onFault } = options;
  const journey: JourneyRow = { name: `Journey ${randomBytes(8).toString('hex')}`, brand: realm.brand.id };
  const signal = AbortSignal.timeout(longest);
  const origins = new Set([realm.apiUrl, realm.webUrl]);
  await insertJourney(database, journey, clock());
  try {
    return await runJourney(
      {
        realm,
        customer,
        clock,
        name: journey.name,
        facts: call.facts,
        send: connectTo({ origins, trusted, signal }),
        apply: (body) => options.apply(body, call),
        pause: () => setTimeout(250, undefined, { signal }),
      },
      onFault,
    );
  } finally {
    await remove(options, journey, call.correlationId);
  }
}

async function remove(
  { realm, database, clock, onRemoved }: ExplorerOptions,
  journey: JourneyRow,
  correlationId: string,
): Promise<void> {
  const at = clock();
  const ended = await database.transaction(async (sql) => {
    const clients = await removeJourney(sql, journey, at);
    const detail = { name: journey.name, clients };
    const place = { brand: realm.brand.id, environment: realm.environment };
    await insertAuditEvents(sql, [{ at, kind: 'journey-removed', outcome: 'done', ...place, correlationId, detail }]);
    return clients;
  });
  await onRemoved(ended);
}

/** Journeys whose server was stopped in the middle. What cannot be removed now does not stand in the way of the next one. */
async function removeForgotten(options: ExplorerOptions, correlationId: string): Promise<void> {
  const { realm, database, clock, onFault } = options;
  const before = new Date(clock().getTime() - forgottenAfter);
  for (const journey of await readForgottenJourneys(database, realm.brand.id, before))
    await remove(options, journey, correlationId).catch(onFault);
}

async function countOfDay({ realm, database, clock }: ExplorerOptions, source: string): Promise<void> {
  const takes = [
    { rule: perDay, key: `${realm.brand.id} ${source}` },
    { rule: perDayOfAll, key: realm.brand.id },
  ];
  requireRoomNow(await takeEachOfStore(database, takes, clock()), message);
}
