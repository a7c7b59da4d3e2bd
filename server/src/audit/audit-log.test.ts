import { qualify } from '@postern/core/qualification/qualify.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestQtsp, gatherEvidence, issueQualified } from '../../../tests/material/issue-qualified-evidence.js';
import { now, policy } from '../../../tests/material/qualification-evidence.js';
import type { Decision } from '../decision.js';
import type { Database } from '../store/database.js';
import { migrate } from '../store/migrate.js';
import { openEmbedded } from '../store/open-embedded.js';
import { createUuid } from '../store/uuid.js';
import type { AuditEvent } from './audit-event.js';
import { createAuditLog } from './audit-log.js';

const event: AuditEvent = {
  at: new Date('2026-03-01T10:00:00Z'),
  kind: 'api-called',
  outcome: 'done',
  correlationId: '0',
};

const qtsp = createTestQtsp();

/** A store whose statements end when the test says so. */
function openSlowStore() {
  const ends: (() => void)[] = [];
  const rows: number[] = [];
  const query = (_text: string, values: readonly unknown[] = []) => {
    rows.push((JSON.parse(String(values[0])) as unknown[]).length);
    return new Promise<readonly never[]>((resolve) => ends.push(() => resolve([])));
  };
  return { database: { query } as unknown as Database, rows, end: () => ends.shift()?.() };
}

describe('createAuditLog', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('writes what came during a write together at the next turn, not one by one', async () => {
    const { database, rows, end } = openSlowStore();
    const log = createAuditLog({ database, onFault: (cause) => expect.unreachable(String(cause)) });
    log.append(event);
    await vi.advanceTimersByTimeAsync(100);
    for (let more = 0; more < 30; more += 1) log.append(event);
    end();
    await vi.advanceTimersByTimeAsync(50);
    expect(rows).toEqual([1]);
    await vi.advanceTimersByTimeAsync(50);
    expect(rows).toEqual([1, 30]);
  });

  it('goes on at once while whole batches wait, and writes the rest when it closes', async () => {
    const { database, rows, end } = openSlowStore();
    const log = createAuditLog({ database, onFault: (cause) => expect.unreachable(String(cause)) });
    for (let more = 0; more < 1_100; more += 1) log.append(event);
    await vi.advanceTimersByTimeAsync(0);
    end();
    await vi.advanceTimersByTimeAsync(0);
    end();
    await vi.advanceTimersByTimeAsync(0);
    expect(rows).toEqual([500, 500]);
    const closed = log.close();
    await vi.advanceTimersByTimeAsync(0);
    end();
    await closed;
    expect(rows).toEqual([500, 500, 100]);
  });
});

/** The embedded store behind a switch. */
async function openStoreThatFails() {
  const database = await openEmbedded(undefined);
  await migrate(database);
  const store = { isAway: false };
  const orFail = <Answer>(work: () => Promise<Answer>) =>
    store.isAway ? Promise.reject(new Error('the store is away')) : work();
  const failing: Database = {
    ...database,
    query: (text, values) => orFail(() => database.query(text, values)),
    transaction: (work) => orFail(() => database.transaction(work)),
  };
  return { database, failing, store };
}

describe('createAuditLog while the store is away', () => {
  const decide = (isVouched: boolean): Decision => {
    const gathered = gatherEvidence(qtsp, issueQualified(qtsp));
    const evidence = isVouched ? gathered : { ...gathered, path: { problem: 'no-issuer', detail: 'nobody' } as const };
    return { id: createUuid(now), evidence, policy, qualification: qualify(evidence, policy, now) };
  };

  it("D10 keeps third parties' records up to its octets, and of strangers an eighth and counts", async () => {
    const { database, failing, store } = await openStoreThatFails();
    const mostOctets = 200_000;
    const log = createAuditLog({ database: failing, onFault: () => undefined, mostOctets });
    store.isAway = true;
    const known = decide(true);
    log.appendDecision(known);
    const { thumbprint } = known.evidence.certificate;
    const refused: AuditEvent = { ...event, at: now, kind: 'request-refused', outcome: 'refused', code: 'NOT_FOUND' };
    for (let n = 0; n < 60; n += 1) {
      const stranger = decide(false);
      log.appendDecision(stranger);
      const of = { thumbprint: stranger.evidence.certificate.thumbprint, decisionId: stranger.id };
      log.append({ ...refused, ...of, correlationId: 's' }, `10.0.${n}.1`);
    }
    expect(log.writable).toBe(true);
    let taken = 0;
    for (; log.writable; taken += 1) log.append({ ...event, at: now, thumbprint, correlationId: 'k' });
    expect(taken).toBeGreaterThan(100);
    log.append({ ...refused, thumbprint, correlationId: 'k' }, '10.0.0.1');
    expect(() => log.appendDecision(known)).toThrow(Refusal);
    store.isAway = false;
    await log.close();
    const rows = await database.query<{ correlation_id: string; n: number }>(
      'select correlation_id, count(*)::int as n from audit_event group by 1 order by 1',
    );
    const [ofKnown, ofStrangers] = rows;
    expect(ofKnown).toEqual({ correlation_id: 'k', n: taken });
    expect(ofStrangers?.n).toBeGreaterThan(0);
    expect(ofStrangers?.n).toBeLessThan(20);
    const [counted] = await database.query<{ n: number }>('select sum(count)::int as n from refusal_count');
    expect(counted?.n).toBe(61);
    await database.close();
  }, 60_000);
});
