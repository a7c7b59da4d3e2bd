import { Refusal } from '@postern/core/refusal/refusal.js';
import { countAttempt } from '../store/sandbox.js';
import type { SandboxContext } from './sandbox-context.js';

/** All requests of a brand within a day, whoever sends them: what an unattended sandbox may grow by. */
const mostOfBrand = 2_000;

/** Counts what a source asks for, before anything is done for it. Throws Refusal RATE_LIMITED. */
export async function countRequest(context: SandboxContext, source: string, now: Date): Promise<void> {
  const { database, place, requestsPerDay } = context;
  const brand = place.brand;
  const until =
    (await countAttempt(database, { brand, source, most: requestsPerDay }, now)) ??
    (await countAttempt(database, { brand, source: '*', most: mostOfBrand }, now));
  refuseUntil(until, now, 'No more requests for test certificates are taken today.');
}

/** All kits of a brand within a day: each is many certificates, which every node knows while they live. */
const mostKitsOfBrand = 200;

/** Counts a kit of broken certificates, whoever has it issued. Throws Refusal RATE_LIMITED. */
export async function countKit({ database, place: { brand } }: SandboxContext, now: Date): Promise<void> {
  const until = await countAttempt(database, { brand, source: 'kits', most: mostKitsOfBrand }, now);
  refuseUntil(until, now, 'No more broken certificates are issued today.');
}

/** Counts what an applicant changes of what it has: every node reads it anew each time. Throws Refusal RATE_LIMITED. */
export async function countChange(context: SandboxContext, applicantId: string, now: Date): Promise<void> {
  const { database, place, changesPerDay } = context;
  const counted = { brand: place.brand, source: `changes of ${applicantId}`, most: changesPerDay };
  refuseUntil(await countAttempt(database, counted, now), now, 'No more changes are made today for this organisation.');
}

function refuseUntil(until: Date | undefined, now: Date, message: string): void {
  if (until === undefined) return;
  throw new Refusal('RATE_LIMITED', message, { retryAfterSeconds: (until.getTime() - now.getTime()) / 1_000 });
}
