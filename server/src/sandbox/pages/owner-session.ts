import { Refusal } from '@postern/core/refusal/refusal.js';
import { type Owned, type OwnerCall, readOwned } from '../change-as-owner.js';
import { isOwnerToken, type Owner, readOwnerCookie } from './owner-cookie.js';
import type { OpenPagePlace, PageRequest } from './page-place.js';

/** Who a browser belongs to, and what is theirs. */
export interface Found {
  readonly owner: Owner;
  readonly owned: Owned;
}

/** The owner whom the cookie proves; undefined for everybody else. */
export async function findOwned(place: OpenPagePlace, request: PageRequest): Promise<Found | undefined> {
  const owner = readOwnerCookie(place.sandbox.place.brand, request.headers.cookie);
  const owned = owner && (await readOwnedBy(place, owner));
  return owner && owned && { owner, owned };
}

/** What belongs to an id and a secret; undefined when they do not belong together. */
export async function readOwnedBy(place: OpenPagePlace, { id, secret }: Owner): Promise<Owned | undefined> {
  try {
    return await readOwned(place.sandbox, { id, authorization: `Bearer ${secret}` });
  } catch (cause) {
    if (cause instanceof Refusal && cause.code === 'NOT_FOUND') return undefined;
    throw cause;
  }
}

/** Refuses a form that does not come from our page in the browser of its owner. Throws Refusal FORM_REJECTED. */
export function requireOwnForm(place: OpenPagePlace, request: PageRequest, token: string): Owner {
  const owner = readOwnerCookie(place.sandbox.place.brand, request.headers.cookie);
  if (owner !== undefined && isOwnerToken(owner, token)) return owner;
  throw new Refusal('FORM_REJECTED', 'The form does not carry the token of this page in this browser.');
}

/** What a form says as the call of a program that would say the same. */
export function callOf(
  { id, secret }: Owner,
  body: Readonly<Record<string, string>>,
  { place, request }: { place: OpenPagePlace; request: PageRequest },
): OwnerCall {
  return {
    id,
    authorization: `Bearer ${secret}`,
    body: Buffer.from(JSON.stringify(body)),
    now: place.clock(),
    correlationId: request.id,
  };
}
