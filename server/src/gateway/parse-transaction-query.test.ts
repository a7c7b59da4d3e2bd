import { describe, expect, it } from 'vitest';
import { parseTransactionQuery } from './parse-transaction-query.js';

const now = new Date('2026-11-22T10:00:00Z');
const parse = (query: string, extended = false) => parseTransactionQuery(query, now, extended);

describe('parseTransactionQuery', () => {
  it('shows 90 days unless the grant has the extended history', () => {
    expect(parse('').range.from.toISOString()).toBe('2026-08-24T10:00:00.000Z');
    expect(parse('dateFrom=2020-01-01').range.from.toISOString()).toBe('2026-08-24T10:00:00.000Z');
    expect(parse('dateFrom=2020-01-01', true).range.from.toISOString()).toBe('2020-01-01T00:00:00.000Z');
  });

  it('keeps the dates for the links and the page', () => {
    const { page, query } = parse('dateFrom=2026-10-01&dateTo=2026-11-01T00:00:00%2B01:00&page=3');
    expect(page).toBe(3);
    expect(query).toBe('dateFrom=2026-10-01&dateTo=2026-11-01T00%3A00%3A00%2B01%3A00');
  });

  it.each([
    'dateFrom=yesterday',
    'dateFrom=2026-13-01',
    'page=0',
    'page=x',
    'page=1&page=2',
    'limit=5',
    'dateFrom=2026-11-02&dateTo=2026-11-01',
    '__proto__=1',
  ])('refuses %s', (query) => {
    expect(() => parse(query)).toThrow();
  });
});
