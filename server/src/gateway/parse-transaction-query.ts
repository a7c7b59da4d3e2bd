import { Refusal } from '@postern/core/refusal/refusal.js';

export interface TransactionQuery {
  /** `from` inclusive, `until` exclusive. */
  readonly range: { readonly from: Date; readonly until: Date };
  /** From 1. */
  readonly page: number;
  /** The date parameters as they came, for links. */
  readonly query: string;
}

const known = new Set(['dateFrom', 'dateTo', 'page']);
const dayMilliseconds = 86_400_000;
/** How far back transactions are shown without extended history (RTS article 10a). */
export const recentDays = 90;
/** Card payments are expected to be booked weeks ahead. */
const futureDays = 60;

/**
 * Parses the query of the transactions resource (STET 1.5): `dateFrom` inclusive, `dateTo` exclusive, `page`.
 * Without extended history nothing older than 90 days is shown (RTS article 10a), whatever is asked.
 * Unknown or repeated parameters are refused: a filter that is ignored would show more than was asked for.
 */
export function parseTransactionQuery(query: string, now: Date, extendedHistory: boolean): TransactionQuery {
  const parameters = new URLSearchParams(query);
  for (const name of parameters.keys()) {
    if (!known.has(name))
      throw malformed(
        `The parameter ${name.replaceAll(/[^\w-]/g, '?').slice(0, 40)} is not offered; use dateFrom, dateTo and page.`,
      );
    if (parameters.getAll(name).length > 1) throw malformed(`The parameter ${name} may stand only once.`);
  }
  const oldest = extendedHistory ? new Date(0) : new Date(now.getTime() - recentDays * dayMilliseconds);
  const from = parseDate('dateFrom', parameters.get('dateFrom')) ?? oldest;
  const until = parseDate('dateTo', parameters.get('dateTo')) ?? new Date(now.getTime() + futureDays * dayMilliseconds);
  if (from.getTime() > until.getTime()) throw malformed('dateFrom is later than dateTo.');
  return {
    range: { from: from.getTime() < oldest.getTime() ? oldest : from, until },
    page: parsePage(parameters.get('page')),
    query: ['dateFrom', 'dateTo']
      .filter((name) => parameters.has(name))
      .map((name) => `${name}=${encodeURIComponent(parameters.get(name) ?? '')}`)
      .join('&'),
  };
}

function parseDate(name: string, value: string | null): Date | undefined {
  if (value === null) return undefined;
  const isDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(value);
  const date = new Date(value);
  if (!isDate || Number.isNaN(date.getTime()))
    throw malformed(`The parameter ${name} is not an ISO 8601 date or date-time with zone.`);
  return date;
}

function parsePage(value: string | null): number {
  if (value === null) return 1;
  if (!/^[1-9]\d{0,4}$/.test(value)) throw malformed('The parameter page is a number from 1 on.');
  return Number(value);
}

function malformed(message: string): Refusal {
  return new Refusal('REQUEST_MALFORMED', message);
}
