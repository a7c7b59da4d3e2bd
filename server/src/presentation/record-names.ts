import type { RegisteredMetadata } from '@postern/core/registration/client-metadata.js';
import { findNameDoubts, type NameDoubt } from '@postern/core/registration/find-name-doubts.js';
import { skeletonOf } from '@postern/core/registration/name-skeleton.js';
import { insertAuditEvents } from '../audit/audit-event.js';
import type { Sql } from '../store/database.js';
import { claimNames, type NameClaim, releaseUnusedClaims } from '../store/name-claims.js';
import {
  holdNamesLike,
  type NameReview,
  type NameStanding,
  readNameReview,
  writeNameReview,
} from '../store/name-reviews.js';
import { insertNotice, type NoticeChannel } from '../store/notices.js';
import { createUuid } from '../store/uuid.js';

/** A client as it is being registered or replaced: its row and its organisation's are there. */
export interface PresentedClient {
  readonly clientId: string;
  readonly brand: string;
  readonly environment: string;
  readonly organizationIdentifier: string;
  readonly legalName: string;
  readonly metadata: RegisteredMetadata;
}

export interface PresentationCall {
  /** Names of the bank and its brands, in every language. */
  readonly bankNames: readonly string[];
  readonly channels: readonly NoticeChannel[];
  /** The client is being registered: there is no review of it yet. */
  readonly isNew?: boolean;
  readonly at: Date;
  readonly correlationId: string;
}

const likeAnother: Pick<NameDoubt, 'kind' | 'text'> = {
  kind: 'third-party',
  text: 'reads like the name of another third party',
};

/**
 * Judges the names of a client, in the transaction that writes it: names that were judged before stay as they stand, new ones are
 * clear or held. A legal name that comes in holds what other organisations call their applications after it.
 */
export async function recordNames(sql: Sql, client: PresentedClient, call: PresentationCall): Promise<NameStanding> {
  const names = namesOf(client.metadata);
  const before = call.isNew ? undefined : await readNameReview(sql, client.clientId);
  if (before !== undefined && isSame(before.names, names)) return before;
  const claims = claimsOf(client, names);
  const { foreign, taken } = await claimNames(sql, claims, call.at);
  const doubts = [
    ...findOwnDoubts(names, call.bankNames),
    ...foreign
      .filter(({ skeleton }) => claims.some((claim) => claim.kind === 'client' && claim.skeleton === skeleton))
      .map(({ organizationIdentifier, name }) => ({ ...likeAnother, detail: `${name} (${organizationIdentifier})` })),
  ];
  const review: NameReview = {
    clientId: client.clientId,
    reviewId: createUuid(call.at),
    names,
    skeletons: [...new Set(Object.values(names).map(skeletonOf))],
    state: doubts.length === 0 ? 'clear' : 'held',
    doubts,
    judgedAt: call.at,
  };
  await writeNameReview(sql, review);
  if (before !== undefined) await releaseUnusedClaims(sql, client.organizationIdentifier);
  if (review.state === 'held') await recordHeld(sql, { client, call, doubts });
  for (const skeleton of taken) await holdOthers(sql, { client, call, skeleton });
  return review;
}

/** By language, "" for the name without one; in one order, so that the same names are the same text. */
function namesOf(metadata: RegisteredMetadata): Readonly<Record<string, string>> {
  const pairs = Object.entries(metadata).flatMap(([member, name]) =>
    (member === 'client_name' || member.startsWith('client_name#')) && typeof name === 'string'
      ? [[member.slice('client_name#'.length).toLowerCase(), name] as const]
      : [],
  );
  return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isSame(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const languages = Object.keys(one);
  return languages.length === Object.keys(other).length && languages.every((each) => one[each] === other[each]);
}

function claimsOf(client: PresentedClient, names: Readonly<Record<string, string>>): readonly NameClaim[] {
  const { organizationIdentifier, legalName } = client;
  const claims = new Map<string, NameClaim>();
  const claim = (kind: NameClaim['kind'], name: string) => {
    const skeleton = skeletonOf(name);
    if (skeleton !== '' && !claims.has(skeleton))
      claims.set(skeleton, { skeleton, organizationIdentifier, kind, name });
  };
  claim('legal', legalName);
  for (const name of Object.values(names)) claim('client', name);
  return [...claims.values()];
}

function findOwnDoubts(names: Readonly<Record<string, string>>, bankNames: readonly string[]): readonly NameDoubt[] {
  const doubts = Object.values(names).flatMap((name) => findNameDoubts(name, bankNames));
  return doubts.filter(({ kind }, index) => doubts.findIndex((other) => other.kind === kind) === index);
}

interface Holding {
  readonly client: PresentedClient;
  readonly call: PresentationCall;
}

async function recordHeld(sql: Sql, held: Holding & { readonly doubts: readonly NameDoubt[] }): Promise<void> {
  const { client, call, doubts } = held;
  await insertAuditEvents(sql, [
    {
      at: call.at,
      kind: 'name-held',
      outcome: 'done',
      brand: client.brand,
      environment: client.environment,
      organizationIdentifier: client.organizationIdentifier,
      clientId: client.clientId,
      correlationId: call.correlationId,
      detail: { names: Object.values(namesOf(client.metadata)), doubts: doubts.map(({ text }) => text) },
    },
  ]);
}

async function holdOthers(
  sql: Sql,
  { client, call, skeleton }: Holding & { readonly skeleton: string },
): Promise<void> {
  const { organizationIdentifier, legalName } = client;
  const doubt = { ...likeAnother, detail: `${legalName} (${organizationIdentifier})` };
  for (const clientId of await holdNamesLike(sql, { skeleton, organizationIdentifier, doubt })) {
    const { at, correlationId } = call;
    await insertAuditEvents(sql, [
      { at, kind: 'name-held', outcome: 'done', clientId, correlationId, detail: { doubts: [doubt.text] } },
    ]);
    await insertNotice(sql, { clientId, kind: 'name-held', at, detail: { reason: doubt.text } }, call.channels);
  }
}
