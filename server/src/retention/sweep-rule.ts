import type { Sql } from '../store/database.js';
import type { RetentionSettings } from './retention-settings.js';

/** One kind of rows that outlive their use. */
export interface SweepRule {
  /** As `/metrics` names what was deleted. */
  readonly kind: string;
  /** Deletes at most so many, in the caller's transaction; answers how many. Fewer than `most`: there are no more. */
  sweep(sql: Sql, limits: SweepLimits): Promise<number>;
}

export interface SweepLimits {
  readonly retention: RetentionSettings;
  readonly now: Date;
  readonly most: number;
}
