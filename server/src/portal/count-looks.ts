import { requireRoomNow } from '../quota/limited.js';
import { createMemoryQuota, takeEach } from '../quota/memory-quota.js';
import type { QuotaRule } from '../quota/rule.js';

const looks: QuotaRule = { name: 'looks', most: 30, perSeconds: 60 };
const looksOfAll: QuotaRule = { name: 'looks-of-all', most: 240, perSeconds: 60 };

/** Counts a use of a tool, on this node, by its source and with all others. Throws Refusal RATE_LIMITED with the time to wait. */
export type CountLook = (source: string) => void;

export function createLookCount(clock: () => Date): CountLook {
  const ofSource = createMemoryQuota(looks);
  const ofAll = createMemoryQuota(looksOfAll);
  return (source) => {
    const takes = [
      { quota: ofSource, key: source },
      { quota: ofAll, key: '' },
    ];
    requireRoomNow(takeEach(takes, clock()), `This page is made at most ${looks.most} times a minute for one visitor.`);
  };
}
