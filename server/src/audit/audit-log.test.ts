import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from '../store/database.js';
import type { AuditEvent } from './audit-event.js';
import { createAuditLog } from './audit-log.js';

const event: AuditEvent = {
  at: new Date('2026-03-01T10:00:00Z'),
  kind: 'api-called',
  outcome: 'done',
  correlationId: '0',
};

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
