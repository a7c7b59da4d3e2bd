import type { Database } from '../store/database.js';
import { auditRules } from './audit-rules.js';
import { certificateRule } from './certificate-rule.js';
import type { RetentionSettings } from './retention-settings.js';
import { sandboxRules } from './sandbox-rules.js';
import { spentRules } from './spent-rules.js';
import { sweepEvidence } from './sweep-evidence.js';

export interface SweepOptions {
  readonly database: Database;
  readonly retention: RetentionSettings;
  readonly now: Date;
  /** The digest after which the look at evidence goes on; '' for the first one. */
  readonly evidenceAfter: string;
  /** Asked before each transaction; false ends the sweep where it is. */
  readonly keepOn: () => Promise<boolean>;
  /** Told of each transaction that deleted something, once it is committed. */
  readonly onDeleted: (kind: string, rows: number) => void;
  /** Rows of one transaction, and transactions of one kind; 500 and 40. */
  readonly most?: number;
  readonly mostBatches?: number;
}

const rules = [...spentRules, ...auditRules, certificateRule, ...sandboxRules];

/**
 * Deletes what is past any use, in small transactions: what one has deleted stays deleted, whatever becomes of the others.
 * Whatever is left over is for the next sweep. Answers the digest after which that one goes on with evidence.
 */
export async function sweepStore(options: SweepOptions): Promise<string> {
  for (const rule of rules) {
    const limits = { retention: options.retention, now: options.now, most: options.most ?? 500 };
    const done = await inBatches(options, async () => {
      const rows = await options.database.transaction((sql) => rule.sweep(sql, limits));
      if (rows > 0) options.onDeleted(rule.kind, rows);
      return rows < limits.most;
    });
    if (!done) return options.evidenceAfter;
  }
  return sweepAllEvidence(options);
}

async function sweepAllEvidence(options: SweepOptions): Promise<string> {
  let after = options.evidenceAfter;
  await inBatches(options, async () => {
    const page = await options.database.transaction((sql) => sweepEvidence(sql, after, options.most ?? 500));
    if (page.deleted > 0) options.onDeleted('evidence', page.deleted);
    after = page.next ?? '';
    return page.next === undefined;
  });
  return after;
}

/** False when the sweep is to end. */
async function inBatches({ keepOn, mostBatches = 40 }: SweepOptions, batch: () => Promise<boolean>): Promise<boolean> {
  for (let count = 0; count < mostBatches; count += 1) {
    if (!(await keepOn())) return false;
    if (await batch()) return true;
  }
  return true;
}
