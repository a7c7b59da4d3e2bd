/** A time in findings: RFC 3339 in UTC, to the second. */
export function renderTime(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
