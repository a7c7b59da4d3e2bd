import { createHash } from 'node:crypto';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { Realm } from '../realm.js';
import type { RegisteredClient } from '../store/clients.js';
import { renderRegistration } from './render-registration.js';

/** Names the state of a registration: the same as long as the same is answered about it, tokens aside. */
export function versionOf(client: RegisteredClient, realm: Pick<Realm, 'issuer'>): string {
  return versionOfRendered(renderRegistration(client, realm));
}

/** The same, of what was rendered without a token. */
export function versionOfRendered(registration: Readonly<Record<string, unknown>>): string {
  return versionOfText(JSON.stringify(registration));
}

/** The same, of the text of it. */
export function versionOfText(text: string): string {
  return digest(text);
}

/**
 * A strong ETag (RFC 9110 section 8.8.3). An answer with a token in it is another representation of the same state, so
 * another tag; If-Match takes both.
 */
export function renderEtag(version: string, token?: string): string {
  return token === undefined ? `"${version}"` : `"${version}.${digest(token)}"`;
}

/** Throws Refusal PRECONDITION_FAILED unless If-Match (RFC 9110 section 13.1.1) is absent, `*`, or names the version. */
export function requireMatch(ifMatch: string | undefined, version: string): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const tags = ifMatch.split(',').map((tag) => tag.trim());
  if (!tags.every((tag) => /^(W\/)?"[\x21\x23-\x7e]*"$/.test(tag)))
    throw new Refusal('REQUEST_MALFORMED', 'If-Match must be *, or ETags in quotation marks with commas between them.');
  // The comparison is the strong one: a weak tag matches nothing.
  if (tags.some((tag) => tag === `"${version}"` || tag.startsWith(`"${version}.`))) return;
  throw new Refusal('PRECONDITION_FAILED', `If-Match does not name the registration as it is now, "${version}".`);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
