const DAY = 86_400_000;

/** The instant a number of days later, or earlier when negative. */
export function daysFrom(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * DAY);
}

/** Whole seconds, as certificates and lists carry them. */
export function wholeSeconds(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / 1000) * 1000);
}

/** xsd:dateTime in whole seconds, UTC. */
export function renderInstant(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`;
}
