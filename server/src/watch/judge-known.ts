import { setImmediate } from 'node:timers/promises';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { Decision } from '../decision.js';
import type { Decided } from '../qualification/decide-anew.js';
import type { DecisionBasis } from '../qualification/decision-basis.js';
import {
  readPresentedPaths,
  readWatchedCertificates,
  type WatchedCertificate,
} from '../store/organization-standing-certificates.js';
import { recordCertificate } from './record-certificate.js';
import { recordOrganization } from './record-organization.js';
import type { WatchSettings } from './watch-settings.js';

/** What a node remembers between rounds, by thumbprint; little, as there are many thumbprints, and no decision. */
export interface RoundMemory {
  /** The same bytes each time, so that they are hashed once. */
  readonly paths: Map<string, readonly Uint8Array[]>;
  /** When a certificate is to be judged anew although nothing has changed: before its verdict ends. */
  readonly due: Map<string, number>;
  /** What the last decision was made on, where it was a positive one. */
  readonly bases: Map<string, DecisionBasis>;
}

/** Remembers nothing yet. */
export function createRoundMemory(): RoundMemory {
  return { paths: new Map(), due: new Map(), bases: new Map() };
}

const judgedSideBySide = 8;
const soonest = 1_000;
const latest = 3_600_000;
const negativeAgain = 30_000;

/** What a round is about. */
export interface Round {
  /** Whether an input has changed since the last one. */
  readonly changed: boolean;
  /** When the newest register was published that any node has: by an older one nothing is said of organisations. */
  readonly newestRegister: Date | undefined;
}

/**
 * One round over the certificates of all registered organisations. After a change of an input all are judged, and first those
 * whose organisation the register seems to have lost or found; otherwise only those for whom it is time, and new ones.
 */
export async function judgeKnown(settings: WatchSettings, memory: RoundMemory, round: Round): Promise<void> {
  const { changed } = round;
  const watched = await readWatchedCertificates(settings.database);
  forget(memory, watched);
  const now = settings.clock().getTime();
  const queue = watched.filter(({ thumbprint }) => changed || (memory.due.get(thumbprint) ?? 0) <= now);
  if (queue.length === 0) return;
  await loadPaths(settings, memory, queue);
  queue.sort((a, b) => Number(seemsChanged(settings, b)) - Number(seemsChanged(settings, a)));
  const told = new Set<string>();
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      // Judging is computing: requests come first.
      await setImmediate();
      await judgeOne(settings, memory, { ...round, watched: next, told });
    }
  };
  await Promise.all(Array.from({ length: judgedSideBySide }, work));
}

interface Turn extends Round {
  readonly watched: WatchedCertificate;
  /** Organisations about which the register has told in this round. */
  readonly told: Set<string>;
}

async function judgeOne(
  settings: WatchSettings,
  memory: RoundMemory,
  { watched, newestRegister, told }: Turn,
): Promise<void> {
  const { thumbprint, organizationIdentifier } = watched;
  const presented = memory.paths.get(thumbprint);
  if (presented === undefined) return;
  const isDue = (memory.due.get(thumbprint) ?? 0) <= settings.clock().getTime();
  if (!isDue && isKnownGood(settings, watched, memory.bases.get(thumbprint))) return;
  const decided = await decide(settings, presented, watched);
  memory.due.set(thumbprint, dueAfter(settings, decided?.decision));
  if (decided?.basis === undefined) memory.bases.delete(thumbprint);
  else memory.bases.set(thumbprint, decided.basis);
  if (decided === undefined) return;
  const { decision } = decided;
  if (!told.has(organizationIdentifier) && !isOutdated(decision, newestRegister)) {
    const judged = { thumbprint, organizationIdentifier, decision };
    if (await recordOrganization(settings, judged, watched.organizationState)) told.add(organizationIdentifier);
  }
  await recordCertificate(settings, watched, decision);
}

/** Whether what changed changes nothing about a certificate, and the store says of it what was last decided. */
function isKnownGood({ judge }: WatchSettings, watched: WatchedCertificate, basis: DecisionBasis | undefined): boolean {
  if (basis === undefined || !judge.holds(basis)) return false;
  if (watched.organizationState === 'suspended' || watched.state !== 'good') return false;
  return watched.goodUntil !== undefined && watched.goodUntil.getTime() >= basis.until;
}

function isOutdated({ evidence: { register } }: Decision, newest: Date | undefined): boolean {
  return register.available && newest !== undefined && register.publishedAt < newest;
}

/** Undefined for what cannot even be read: it was never registered by this program. */
async function decide(
  { judge }: WatchSettings,
  presented: readonly Uint8Array[],
  { use }: WatchedCertificate,
): Promise<Decided | undefined> {
  try {
    return await judge.decide(presented, use);
  } catch (cause) {
    if (cause instanceof Refusal) return undefined;
    throw cause;
  }
}

function dueAfter({ clock }: WatchSettings, decision: Decision | undefined): number {
  const now = clock().getTime();
  if (decision?.qualification.outcome !== 'qualified') return now + negativeAgain;
  const half = (decision.qualification.validUntil.getTime() - now) / 2;
  return now + Math.min(Math.max(half, soonest), latest);
}

function seemsChanged({ organizationActive }: WatchSettings, watched: WatchedCertificate): boolean {
  return organizationActive(watched.organizationIdentifier) === (watched.organizationState === 'suspended');
}

async function loadPaths(
  { database }: WatchSettings,
  { paths }: RoundMemory,
  queue: readonly WatchedCertificate[],
): Promise<void> {
  const missing = queue.map(({ thumbprint }) => thumbprint).filter((thumbprint) => !paths.has(thumbprint));
  if (missing.length === 0) return;
  for (const [thumbprint, presented] of await readPresentedPaths(database, missing)) paths.set(thumbprint, presented);
}

function forget(memory: RoundMemory, watched: readonly WatchedCertificate[]): void {
  const known = new Set(watched.map(({ thumbprint }) => thumbprint));
  for (const remembered of Object.values(memory) as readonly Map<string, unknown>[])
    for (const thumbprint of remembered.keys()) if (!known.has(thumbprint)) remembered.delete(thumbprint);
}
