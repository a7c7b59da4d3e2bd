import type { CallGrant } from '@postern/core/guard/guard-call.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { Scope } from '@postern/core/registration/scope-for-roles.js';
import { type AccessTokenClaims, accessTokenType } from '@postern/core/token/access-token-claims.js';
import { parseAccessTokenClaims } from '@postern/core/token/parse-access-token-claims.js';
import { commonScopes, parseScope } from '@postern/core/token/scope-set.js';
import { hashSecret } from '../http/secret.js';
import type { SigningKeys } from '../keys/signing-keys.js';
import { createRecentMap } from '../recent-map.js';
import { requireActive } from '../require-active.js';
import type { Sql } from '../store/database.js';
import { type AccessState, createStateReader, type StateReader } from './access-state.js';

/** What stands behind an access token, as it was known at most a second ago. The caller compares issuer and binding. */
export interface AccessGrant extends CallGrant {
  /** Undefined for client credentials, where no PSU has granted anything. */
  readonly user: PsuGrant | undefined;
}

/** What stands behind a token that a PSU has granted. */
export interface PsuAccess extends CallGrant {
  readonly grantId: string;
  readonly psu: string;
  /** The resourceIds that the PSU chose. */
  readonly accounts: readonly string[];
}

interface PsuGrant {
  readonly grantId: string;
  readonly psu: string;
  readonly accounts: readonly string[];
}

/** Admission of access tokens for the gateway: synchronous for tokens in use, so that the store is not in a call's way. */
export interface AccessCache {
  /** Throws, or rejects with, `Refusal` TOKEN_INVALID, or while the organisation or the client is suspended CERTIFICATE_BLOCKED or CLIENT_SUSPENDED. */
  admit(token: string): AccessGrant | Promise<AccessGrant>;
  /** The same for resources of a PSU; a token of the client itself is refused with SCOPE_INSUFFICIENT. */
  admitPsu(token: string): PsuAccess | Promise<PsuAccess>;
  /** Forgets a grant or a client that was changed on this node. */
  evict(grantOrClientId: string): void;
  close(): void;
}

export interface AccessCacheOptions {
  readonly database: Sql;
  readonly signingKeys: Pick<SigningKeys, 'verifyJwt'>;
  readonly clock: () => Date;
  /** Milliseconds that never go back; leave it out but in tests. */
  readonly monotonic?: () => number;
}

interface VerifiedToken {
  readonly claims: AccessTokenClaims;
  /** What was made of the claims and a state, kept as long as the state is the same. */
  composed?: { readonly state: AccessState; readonly grant: AccessGrant; readonly psu: PsuAccess | undefined };
}

const mostTokens = 10_000;

/**
 * Makes the cache. A token's signature is verified once; what it depends on is read again about every 400 ms for all tokens
 * in use together, and answers for at most a second: so every node knows within a second of a grant that has ended.
 */
export function createAccessCache({ database, signingKeys, clock, monotonic }: AccessCacheOptions): AccessCache {
  const reader = createStateReader(database, monotonic ?? (() => performance.now()));
  const tokens = createRecentMap<VerifiedToken>(mostTokens);
  const verify = (token: string): VerifiedToken => {
    // No token that still counts stands in the memory of the process.
    const digest = hashSecret(token);
    const known = tokens.get(digest);
    if (known !== undefined) return known;
    const verified = { claims: parseAccessTokenClaims(signingKeys.verifyJwt(accessTokenType, token)) };
    tokens.set(digest, verified);
    return verified;
  };
  const find = <T>(token: string, choose: (composed: NonNullable<VerifiedToken['composed']>) => T): T | Promise<T> => {
    const verified = verify(token);
    const finish = (state: AccessState | undefined) => choose(compose(verified, state, clock()));
    const state = readState(reader, verified.claims);
    return state instanceof Promise ? state.then(finish) : finish(state);
  };
  return {
    admit: (token) => find(token, ({ grant }) => grant),
    admitPsu: (token) => find(token, ({ psu }) => requirePsu(psu)),
    evict: reader.evict,
    close: reader.close,
  };
}

function readState(reader: StateReader, { clientId, grantId }: AccessTokenClaims) {
  return reader.read({ clientId, grantId });
}

function compose(
  verified: VerifiedToken,
  state: AccessState | undefined,
  now: Date,
): NonNullable<VerifiedToken['composed']> {
  if (state === undefined) throw new Refusal('TOKEN_INVALID', 'The grant of the access token has ended.');
  if (state.access.suspension !== undefined) {
    throw new Refusal('CERTIFICATE_BLOCKED', `The organisation is suspended: ${state.access.suspension}.`);
  }
  requireActive({ suspension: state.access.clientSuspension });
  if (verified.composed?.state !== state) verified.composed = join(verified.claims, state);
  if (verified.composed.grant.expiresAt <= now) throw new Refusal('TOKEN_INVALID', 'The access token has expired.');
  return verified.composed;
}

function join(claims: AccessTokenClaims, state: AccessState): NonNullable<VerifiedToken['composed']> {
  const { grant } = state.access;
  const common: CallGrant = {
    issuer: claims.issuer,
    clientId: claims.clientId,
    organizationIdentifier: state.access.organizationIdentifier,
    scope: new Set(
      grant === undefined ? claims.scope : commonScopes(claims.scope, parseScope(grant.scope)),
    ) as ReadonlySet<Scope>,
    boundThumbprint: claims.boundThumbprint,
    expiresAt: grant !== undefined && grant.expiresAt < claims.expiresAt ? grant.expiresAt : claims.expiresAt,
    keys: state.keys,
  };
  const user =
    grant === undefined || claims.grantId === undefined
      ? undefined
      : { grantId: claims.grantId, psu: grant.psu, accounts: grant.accounts };
  return { state, grant: { ...common, user }, psu: user === undefined ? undefined : { ...common, ...user } };
}

function requirePsu(psu: PsuAccess | undefined): PsuAccess {
  if (psu !== undefined) return psu;
  throw new Refusal(
    'SCOPE_INSUFFICIENT',
    'This resource needs a token that a user has granted, by authorization code.',
  );
}
