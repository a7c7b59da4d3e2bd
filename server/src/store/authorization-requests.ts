import type { Scope } from '@postern/core/registration/scope-for-roles.js';
import { parseScope, renderScope } from '@postern/core/token/scope-set.js';
import type { Environment } from '../realm.js';
import type { Sql } from './database.js';

export type AuthorizationStage = 'sign-in' | 'second-factor' | 'consent' | 'finished';

/** An authorization request under way in one browser (RFC 6749 section 4.1.1). */
export interface AuthorizationRequest {
  readonly id: string;
  readonly clientId: string;
  readonly brand: string;
  readonly environment: Environment;
  readonly redirectUri: string;
  readonly scope: readonly Scope[];
  readonly state: string | undefined;
  readonly codeChallenge: string;
  /** SHA-256 of the secret in the browser's cookie. */
  readonly browserHash: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** A request that begins, and the address that it comes from, as the quotas count it. */
export interface NewAuthorizationRequest extends AuthorizationRequest {
  readonly source: string;
}

/** A request as it stands now. */
export interface OpenRequest extends AuthorizationRequest {
  readonly stage: AuthorizationStage;
  readonly psu: string | undefined;
  readonly failures: number;
  /** Of the one-time code that was sent last. */
  readonly codeHash: string | undefined;
  readonly codeExpiresAt: Date | undefined;
  readonly touchedAt: Date;
  /** When the second factor was passed. */
  readonly authenticatedAt: Date | undefined;
}

/** The one-time code of the second factor. */
export interface SentCode {
  readonly codeHash: string;
  readonly codeExpiresAt: Date;
}

/** Nobody has signed in to more than so many at a time, of one client and in all. */
export interface UnansweredBounds {
  readonly ofClient: number;
  readonly inAll: number;
}

const usualBounds: UnansweredBounds = { ofClient: 1_000, inAll: 20_000 };

/** Enters a request; where there are too many that nobody has signed in to, of these go the oldest from where most come from. */
export async function insertAuthorizationRequest(
  sql: Sql,
  request: NewAuthorizationRequest,
  bounds: UnansweredBounds = usualBounds,
): Promise<void> {
  await trimUnanswered(sql, 'client_id = $1', [request.clientId, bounds.ofClient - 1]);
  // To look at all of them takes milliseconds: one start in so many does it.
  if (request.id.endsWith('0')) await trimUnanswered(sql, '$1::text is null', [null, bounds.inAll - 1]);
  await sql.query(
    `insert into authorization_request (id, client_id, brand, environment, redirect_uri, scope, state, code_challenge,
       browser_hash, stage, created_at, touched_at, expires_at, source)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'sign-in', $10, $10, $11, $12)`,
    [
      request.id,
      request.clientId,
      request.brand,
      request.environment,
      request.redirectUri,
      renderScope(request.scope),
      request.state ?? null,
      request.codeChallenge,
      request.browserHash,
      request.createdAt,
      request.expiresAt,
      request.source,
    ],
  );
}

/** The values are what `which` names as $1, and how many stay. */
async function trimUnanswered(sql: Sql, which: string, values: readonly unknown[]): Promise<void> {
  await sql.query(
    `delete from authorization_request where id = any(array(
       select id from authorization_request where psu is null and id in (
         select id from (
           select id, created_at, row_number() over (partition by source order by created_at desc, id desc) as place
           from authorization_request where psu is null and ${which}
             and (select count(*) from authorization_request where psu is null and ${which}) > $2
         ) as placed order by place, created_at desc offset $2 limit 100)
       for update skip locked))`,
    values,
  );
}

/** The request of that id in that realm, if it belongs to a browser that has one of those secrets. */
export async function readAuthorizationRequest(
  sql: Sql,
  sought: Pick<AuthorizationRequest, 'id' | 'brand' | 'environment'> & { readonly browserHashes: readonly string[] },
): Promise<OpenRequest | undefined> {
  const rows = await sql.query<RequestRow>(
    `select * from authorization_request where id = $1 and brand = $2 and environment = $3
     and browser_hash = any($4::text[])`,
    [sought.id, sought.brand, sought.environment, sought.browserHashes],
  );
  return rows.map(toRequest)[0];
}

/** Notes that the PSU is still there. */
export async function touchAuthorizationRequest(sql: Sql, id: string, now: Date): Promise<void> {
  await sql.query('update authorization_request set touched_at = $2 where id = $1', [id, now]);
}

/**
 * Counts an attempt of a stage before it is looked at; the number of attempts, this one included.
 * Undefined when the stage is over or no attempt is left.
 */
export async function reserveRequestAttempt(
  sql: Sql,
  attempt: { readonly id: string; readonly stage: AuthorizationStage; readonly most: number },
  now: Date,
): Promise<number | undefined> {
  const rows = await sql.query<{ failures: number }>(
    `update authorization_request set failures = failures + 1, touched_at = $4
     where id = $1 and stage = $2 and failures < $3 returning failures`,
    [attempt.id, attempt.stage, attempt.most, now],
  );
  return rows[0]?.failures;
}

/** Sign-in → second factor, under a new secret; the attempt was right, so it no longer counts. False when the stage was over. */
export async function advanceToSecondFactor(
  sql: Sql,
  step: { readonly id: string; readonly psu: string; readonly browserHash: string } & SentCode,
  now: Date,
): Promise<boolean> {
  const rows = await sql.query(
    `update authorization_request set stage = 'second-factor', psu = $2, code_hash = $3, code_expires_at = $4,
       browser_hash = $6, failures = failures - 1, touched_at = $5
     where id = $1 and stage = 'sign-in' returning id`,
    [step.id, step.psu, step.codeHash, step.codeExpiresAt, now, step.browserHash],
  );
  return rows.length > 0;
}

/** Puts a new one-time code in the place of one that is too old; false when another caller has done so. */
export async function replaceSentCode(
  sql: Sql,
  step: { readonly id: string; readonly oldCodeHash: string } & SentCode,
  now: Date,
): Promise<boolean> {
  const rows = await sql.query(
    `update authorization_request set code_hash = $3, code_expires_at = $4, touched_at = $5
     where id = $1 and stage = 'second-factor' and code_hash = $2 returning id`,
    [step.id, step.oldCodeHash, step.codeHash, step.codeExpiresAt, now],
  );
  return rows.length > 0;
}

/** Second factor → consent, using the one-time code up. False when it was used or replaced. */
export async function advanceToConsent(
  sql: Sql,
  step: { readonly id: string; readonly codeHash: string },
  now: Date,
): Promise<boolean> {
  const rows = await sql.query(
    `update authorization_request set stage = 'consent', code_hash = null, code_expires_at = null,
       authenticated_at = $3, failures = failures - 1, touched_at = $3
     where id = $1 and stage = 'second-factor' and code_hash = $2 returning id`,
    [step.id, step.codeHash, now],
  );
  return rows.length > 0;
}

/** Ends a request at the stage where it is; false when another answer came first: only one can lead anywhere. */
export async function finishAuthorizationRequest(
  sql: Sql,
  end: { readonly id: string; readonly stage: AuthorizationStage },
  now: Date,
): Promise<boolean> {
  const rows = await sql.query(
    `update authorization_request set stage = 'finished', code_hash = null, code_expires_at = null, touched_at = $3
     where id = $1 and stage = $2 and stage <> 'finished' returning id`,
    [end.id, end.stage, now],
  );
  return rows.length > 0;
}

/** Ends every request of a client that is under way; answers how many. */
export async function finishRequestsOfClient(sql: Sql, clientId: string, now: Date): Promise<number> {
  const rows = await sql.query(
    `update authorization_request set stage = 'finished', code_hash = null, code_expires_at = null, touched_at = $2
     where client_id = $1 and stage <> 'finished' and expires_at > $2 returning id`,
    [clientId, now],
  );
  return rows.length;
}

interface RequestRow {
  readonly id: string;
  readonly client_id: string;
  readonly brand: string;
  readonly environment: Environment;
  readonly redirect_uri: string;
  readonly scope: string;
  readonly state: string | null;
  readonly code_challenge: string;
  readonly browser_hash: string;
  readonly stage: AuthorizationStage;
  readonly psu: string | null;
  readonly failures: number;
  readonly code_hash: string | null;
  readonly code_expires_at: Date | null;
  readonly created_at: Date;
  readonly touched_at: Date;
  readonly expires_at: Date;
  readonly authenticated_at: Date | null;
}

function toRequest(row: RequestRow): OpenRequest {
  return {
    id: row.id,
    clientId: row.client_id,
    brand: row.brand,
    environment: row.environment,
    redirectUri: row.redirect_uri,
    scope: parseScope(row.scope),
    state: row.state ?? undefined,
    codeChallenge: row.code_challenge,
    browserHash: row.browser_hash,
    stage: row.stage,
    psu: row.psu ?? undefined,
    failures: row.failures,
    codeHash: row.code_hash ?? undefined,
    codeExpiresAt: row.code_expires_at ?? undefined,
    createdAt: row.created_at,
    touchedAt: row.touched_at,
    expiresAt: row.expires_at,
    authenticatedAt: row.authenticated_at ?? undefined,
  };
}
