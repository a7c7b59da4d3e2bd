import { requireRoomNow } from '../quota/limited.js';
import { createMemoryQuota, takeEach } from '../quota/memory-quota.js';
import type { QuotaRule } from '../quota/rule.js';

const starts: QuotaRule = { name: 'authorization-starts', most: 120, perSeconds: 60 };
/** Whoever knows a client_id can start its authorizations: the rest of an address's is for other third parties. */
const startsOfClient: QuotaRule = { ...starts, name: 'authorization-starts-of-client', most: 60 };

/** Counts an authorization that an address starts for a client, on this node. Throws Refusal RATE_LIMITED with the time to wait. */
export type CountStart = (source: string, clientId: string) => void;

export function createStartCount(clock: () => Date): CountStart {
  const ofSource = createMemoryQuota(starts);
  const ofClient = createMemoryQuota(startsOfClient);
  return (source, clientId) => {
    const takes = [
      { quota: ofSource, key: source },
      { quota: ofClient, key: `${source} ${clientId}` },
    ];
    requireRoomNow(takeEach(takes, clock()), 'Too many authorizations were started from this address lately.');
  };
}
