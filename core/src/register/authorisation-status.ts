/** `not-yet` is an authorisation that begins later; `unknown` is never treated as active. */
export type AuthorisationStatus = 'active' | 'withdrawn' | 'not-yet' | 'unknown';

/**
 * The state of an authorisation at a time, from ENT_AUT: dates that alternate between authorisation and withdrawal,
 * each effective from the beginning of its day (UTC). Missing, unreadable or non-chronological dates are unknown.
 */
export function authorisationStatusAt(dates: readonly string[], at: Date): AuthorisationStatus {
  const times = parseAuthorisationDates(dates);
  if (times === undefined || times.length === 0) return 'unknown';
  const past = times.filter((time) => time <= at.getTime()).length;
  if (past === 0) return 'not-yet';
  return past % 2 === 1 ? 'active' : 'withdrawn';
}

/** The next date after `at` on which the state changes, if one is announced. */
export function nextAuthorisationChange(dates: readonly string[], at: Date): Date | undefined {
  const next = parseAuthorisationDates(dates)?.find((time) => time > at.getTime());
  return next === undefined ? undefined : new Date(next);
}

function parseAuthorisationDates(dates: readonly string[]): readonly number[] | undefined {
  const times: number[] = [];
  for (const date of dates) {
    const time = parseDay(date);
    if (time === undefined || time < (times.at(-1) ?? time)) return undefined;
    times.push(time);
  }
  return times;
}

function parseDay(date: string): number | undefined {
  const text = date.trim();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const time = Date.parse(`${text}T00:00:00Z`);
  // Engines differ on 31 February: a date that does not come back as it went in is no date.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text ? undefined : time;
}
