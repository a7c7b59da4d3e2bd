import { describe, expect, it } from 'vitest';
import { createRefusalLedger, otherSubjects, type StrangerEvent } from './refusal-ledger.js';

const at = new Date('2026-03-04T05:06:07Z');
const event: StrangerEvent = { at, subject: 'a', reason: 'NOT_FOUND', source: '127.0.0.2', octets: 10 };
const bounds = { subjects: 4, subjectsPerSource: 2, entries: 6, octets: 1_000 };
const later = (seconds: number) => new Date(at.getTime() + seconds * 1_000);

describe('createRefusalLedger', () => {
  it('admits the first of a subject, reason and day, and counts the rest', () => {
    const ledger = createRefusalLedger(bounds);
    expect(ledger.admit(event, true)).toBe(true);
    expect(ledger.admit({ ...event, at: later(1) }, true)).toBe(false);
    expect(ledger.admit({ ...event, at: later(2) }, true)).toBe(false);
    expect(ledger.admit({ ...event, reason: 'CERTIFICATE_INVALID' }, true)).toBe(true);
    expect(ledger.takeCounts()).toEqual([
      { day: '2026-03-04', subject: 'a', reason: 'NOT_FOUND', count: 2, firstAt: later(1), lastAt: later(2) },
    ]);
    expect(ledger.takeCounts()).toEqual([]);
    expect(ledger.admit({ ...event, at: later(86_400) }, true)).toBe(true);
  });

  it('tells no more subjects apart than its bounds allow, of one source and of all', () => {
    const ledger = createRefusalLedger(bounds);
    const come = (subject: number, source: number) =>
      ledger.admit({ ...event, subject: `s${subject}`, source: `127.0.0.${source}` }, true);
    expect([1, 2, 3].map((subject) => come(subject, 1))).toEqual([true, true, false]);
    expect([4, 5, 6].map((subject) => come(subject, subject))).toEqual([true, true, false]);
    expect(ledger.admit({ ...event, subject: '' }, true)).toBe(true);
    expect(ledger.takeCounts()).toMatchObject([{ subject: otherSubjects, count: 2 }]);
  });

  it('admits nothing beyond its octets or without room; what had no room is admitted the next time', () => {
    const ledger = createRefusalLedger(bounds);
    expect(ledger.admit({ ...event, octets: 1_001 }, true)).toBe(false);
    expect(ledger.admit(event, false)).toBe(false);
    expect(ledger.admit(event, true)).toBe(true);
  });

  it('holds no more than its bounds, whatever comes', () => {
    const ledger = createRefusalLedger(bounds);
    const count = 10_000;
    let admitted = 0;
    for (let n = 0; n < count; n += 1) {
      const each = { ...event, subject: `s${n}`, source: `127.0.${n % 256}.1` };
      admitted += Number(ledger.admit(each, true));
      ledger.count({ ...each, subject: `known ${n}` });
    }
    const counts = ledger.takeCounts();
    expect(admitted).toBeLessThanOrEqual(bounds.subjects);
    expect(counts.length).toBeLessThanOrEqual(bounds.entries + 1);
    expect(admitted + counts.reduce((sum, each) => sum + each.count, 0)).toBe(2 * count);
  });

  it('adds up what is given back', () => {
    const ledger = createRefusalLedger(bounds);
    ledger.admit(event, true);
    ledger.admit({ ...event, at: later(5) }, true);
    const taken = ledger.takeCounts();
    ledger.admit({ ...event, at: later(9) }, true);
    ledger.giveBack(taken);
    expect(ledger.takeCounts()).toMatchObject([{ count: 2, firstAt: later(5), lastAt: later(9) }]);
  });
});
