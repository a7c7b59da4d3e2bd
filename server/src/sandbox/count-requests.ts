import { requireRoomNow } from '../quota/limited.js';
import type { QuotaRule } from '../quota/rule.js';
import { takeEachOfStore } from '../store/quotas.js';
import type { SandboxContext } from './sandbox-context.js';

const perSeconds = 86_400;
/** All requests of a brand within a day, whoever sends them: what an unattended sandbox may grow by. */
const requestsOfAll: QuotaRule = { name: 'test-certificates-of-all', most: 2_000, perSeconds };
/** Kits of a brand within a day: each is many certificates, which every node knows while they live. */
const kitsOfAll: QuotaRule = { name: 'kits-of-all', most: 200, perSeconds };
/** Of one applicant, so that no one uses up the brand's. */
const kits: QuotaRule = { name: 'kits', most: 10, perSeconds };

/** Counts what a source asks for, before anything is done for it. Throws Refusal RATE_LIMITED. */
export function countRequest(context: SandboxContext, source: string, now: Date): Promise<void> {
  const own = { name: 'test-certificates', most: context.requestsPerDay, perSeconds };
  return count(
    context,
    { own, key: source, all: requestsOfAll, message: 'No more requests for test certificates are taken today.' },
    now,
  );
}

/** Counts a kit of broken certificates that an applicant has issued. Throws Refusal RATE_LIMITED. */
export function countKit(context: SandboxContext, applicantId: string, now: Date): Promise<void> {
  return count(
    context,
    { own: kits, key: applicantId, all: kitsOfAll, message: 'No more broken certificates are issued today.' },
    now,
  );
}

/** Counts what an applicant changes of what it has: every node reads it anew each time. Throws Refusal RATE_LIMITED. */
export function countChange(context: SandboxContext, applicantId: string, now: Date): Promise<void> {
  const own = { name: 'test-certificate-changes', most: context.changesPerDay, perSeconds };
  return count(
    context,
    { own, key: applicantId, message: 'No more changes are made today for this organisation.' },
    now,
  );
}

interface Counted {
  readonly own: QuotaRule;
  readonly key: string;
  readonly all?: QuotaRule;
  readonly message: string;
}

async function count(
  { database, place }: SandboxContext,
  { own, key, all, message }: Counted,
  now: Date,
): Promise<void> {
  const takes = [
    { rule: own, key: `${place.brand} ${key}` },
    ...(all === undefined ? [] : [{ rule: all, key: place.brand }]),
  ];
  requireRoomNow(await takeEachOfStore(database, takes, now), message);
}
