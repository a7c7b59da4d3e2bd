import { requireRoomNow } from '../quota/limited.js';
import { createMemoryQuota } from '../quota/memory-quota.js';
import type { QuotaRule } from '../quota/rule.js';
import type { TokenSettings } from './token-context.js';

/** Each refresh leaves a token that lives as long as its grant; an access token lasts for minutes, and answers get lost a few times. */
const issues: QuotaRule = { name: 'tokens-of-grant', most: 60, perSeconds: 60 };

/** Makes the count of issued tokens, on this node. */
export function createIssueCount(): TokenSettings['countIssue'] {
  const quota = createMemoryQuota(issues);
  return (grantOrClientId, now) =>
    requireRoomNow(quota.take(grantOrClientId, now), 'Too many tokens were issued for this grant lately.');
}
