import type { Config } from '../config.js';

/** How long what is past its use is kept, days. */
export type RetentionSettings = Config['retention'];

/** The moment so many days before. */
export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 86_400_000);
}
