import { Refusal } from '@postern/core/refusal/refusal.js';
import { limited } from '../quota/limited.js';
import { readRegistrationTokenHashes, readTokenOwner } from '../store/client-tokens.js';
import { type RegisteredClient, readClient } from '../store/clients.js';
import { lookStored, takeUnflushed } from '../store/quotas.js';
import { type Asking, takeOf } from './count-request.js';
import type { ReadCall } from './read-registrations.js';
import { refuseExposedToken } from './refuse-exposed-token.js';
import { hashToken, isRegistrationToken } from './registration-token.js';

/** A request about one registration. */
export interface ManagementCall extends ReadCall {
  readonly clientId: string;
  readonly authorization: string | undefined;
  /** A token in the query of the address, where none belongs. */
  readonly exposedToken?: string | undefined;
}

export interface FoundRegistration {
  readonly client: RegisteredClient;
  /** The token that was presented, and is right. */
  readonly token: string | undefined;
  /** Of all tokens that are right; empty where none was presented and none asked for. */
  readonly tokenHashes: readonly string[];
}

export interface FindingOptions {
  /** Takes no token, not even where the brand asks for one. */
  readonly byCertificateAlone?: boolean;
  /** Reads the hashes of the tokens whether or not one is presented. */
  readonly needsTokens?: boolean;
}

/**
 * The registration that a request is about (RFC 7592 section 2). A certificate of its organisation is sufficient unless the brand
 * asks for the token as well; a token that is presented must be one of its own. That a client belongs to another organisation
 * cannot be told from that it does not exist. Throws Refusal REGISTRATION_TOKEN_MISSING, REGISTRATION_TOKEN_INVALID,
 * REGISTRATION_NOT_FOUND, RATE_LIMITED, and OAUTH_REQUEST_INVALID for a token in the address.
 */
export async function findRegistration(
  call: ManagementCall,
  asking: Asking,
  { byCertificateAlone = false, needsTokens = false }: FindingOptions = {},
): Promise<FoundRegistration> {
  const { dependencies, now } = asking;
  if (call.exposedToken !== undefined) return refuseExposedToken(call, asking, call.exposedToken);
  const token = byCertificateAlone ? undefined : readBearer(call.authorization);
  if (token === undefined && dependencies.policy.requireToken && !byCertificateAlone) {
    throw new Refusal('REGISTRATION_TOKEN_MISSING', 'Send the registration access token: Authorization: Bearer …');
  }
  const [found, waitSeconds] = await Promise.all([
    readFound(call, asking, token !== undefined || needsTokens),
    token === undefined ? undefined : lookStored(dependencies.database, takeOf(asking, 'wrong-tokens'), now),
  ]);
  if (waitSeconds !== undefined) throw tooManyWrong(waitSeconds);
  if (token !== undefined && (found.client === undefined || !isRegistrationToken(token, found.tokenHashes)))
    throw await refuseToken(call, asking, token);
  if (found.client === undefined) throw notFound();
  return { ...found, client: found.client, token };
}

export function notFound(): Refusal {
  return new Refusal('REGISTRATION_NOT_FOUND', 'The organisation of the certificate has no such registration here.');
}

export function wrongToken(): Refusal {
  return new Refusal('REGISTRATION_TOKEN_INVALID', 'The registration access token is not one of this registration.');
}

async function readFound(
  { clientId }: ManagementCall,
  { realm, peer, dependencies }: Asking,
  withTokens: boolean,
): Promise<{ readonly client: RegisteredClient | undefined; readonly tokenHashes: readonly string[] }> {
  // Asked for as one of this organisation, so that a foreign one is as quickly not found as one that does not exist.
  const sought = { clientId, organizationIdentifier: peer.organization.identifier };
  const [client, tokenHashes] = await Promise.all([
    readClient(dependencies.database, { brand: realm.brand.id, environment: realm.environment, ...sought }),
    withTokens ? readRegistrationTokenHashes(dependencies.database, sought) : [],
  ]);
  return { client, tokenHashes };
}

/**
 * Counts a wrong token against the organisation that presents it. One that was right once, or is another's, has been stolen or
 * mixed up: that is an event of its own. It is not burnt by it.
 */
async function refuseToken(call: ManagementCall, asking: Asking, token: string): Promise<Refusal> {
  const { realm, peer, dependencies, now } = asking;
  const [owner, waitSeconds] = await Promise.all([
    readTokenOwner(dependencies.database, hashToken(token)),
    takeUnflushed(dependencies.database, takeOf(asking, 'wrong-tokens'), now),
  ]);
  if (owner !== undefined) {
    const isForeign = owner.organizationIdentifier !== peer.organization.identifier;
    const reason = isForeign ? 'of-another-organisation' : owner.ended ? 'ended' : 'of-another-client';
    dependencies.audit.append({
      at: now,
      kind: 'registration-token-misused',
      outcome: 'refused',
      code: 'REGISTRATION_TOKEN_INVALID',
      brand: realm.brand.id,
      environment: realm.environment,
      organizationIdentifier: peer.organization.identifier,
      clientId: owner.clientId,
      thumbprint: peer.certificate.thumbprint,
      decisionId: peer.decision.id,
      correlationId: call.correlationId,
      detail: { reason, owner: owner.organizationIdentifier },
    });
  }
  return waitSeconds === undefined ? wrongToken() : tooManyWrong(waitSeconds);
}

function tooManyWrong(waitSeconds: number): Refusal {
  return limited('Too many wrong registration access tokens came from this organisation.', waitSeconds);
}

/** The text after Bearer (RFC 6750 section 2.1); another scheme gives a token that is never right. */
function readBearer(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  return /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(authorization)?.[1] ?? '';
}
