import { createHash } from 'node:crypto';
import type { Sql } from './database.js';

/** A logo to be fetched or drawn, with how often that was tried, this time included. */
export interface WaitingLogo {
  readonly clientId: string;
  readonly sourceHash: string;
  readonly source: string;
  readonly attempts: number;
}

const mostAtOnce = 10;

/** The name of what was registered as a logo, whether it is an address or the image itself. */
export function hashLogoSource(source: string): string {
  return createHash('sha256').update(source).digest('base64url');
}

/** Has the logos of a client wait, and forgets those that it no longer names; what is there already stays as it is. */
export async function writeLogoSources(
  sql: Sql,
  logos: { readonly clientId: string; readonly sources: readonly string[]; readonly at: Date },
): Promise<void> {
  const hashes = logos.sources.map(hashLogoSource);
  await sql.query('delete from client_logo where client_id = $1 and source_hash <> all($2::text[])', [
    logos.clientId,
    hashes,
  ]);
  await sql.query(
    `insert into client_logo (client_id, source_hash, source, state, next_attempt_at)
     select $1, source_hash, source, 'waiting', $4 from unnest($2::text[], $3::text[]) as logo (source_hash, source)
     on conflict (client_id, source_hash) do nothing`,
    [logos.clientId, hashes, logos.sources, logos.at],
  );
}

/** Takes what is due, for this node alone: it is due again after a minute, then four times as long each time. */
export async function claimWaitingLogos(sql: Sql, now: Date): Promise<readonly WaitingLogo[]> {
  const rows = await sql.query<{ client_id: string; source_hash: string; source: string; attempts: number }>(
    `update client_logo set attempts = attempts + 1, next_attempt_at = $1::timestamptz + interval '1 minute' * power(4, attempts)
     where (client_id, source_hash) in (select client_id, source_hash from client_logo
       where state = 'waiting' and next_attempt_at <= $1 order by next_attempt_at limit $2 for update skip locked)
     returning client_id, source_hash, source, attempts`,
    [now, mostAtOnce],
  );
  return rows.map((row) => ({
    clientId: row.client_id,
    sourceHash: row.source_hash,
    source: row.source,
    attempts: row.attempts,
  }));
}

/** Keeps a logo as it was drawn, and has the client show it. */
export async function writeLogoImage(
  sql: Sql,
  logo: WaitingLogo & { readonly sha256: string; readonly png: Uint8Array; readonly at: Date },
): Promise<void> {
  await sql.query('insert into logo_image (sha256, png, made_at) values ($1, $2, $3) on conflict (sha256) do nothing', [
    logo.sha256,
    Buffer.from(logo.png),
    logo.at,
  ]);
  await sql.query(
    `update client_logo set state = 'ready', image = $3, failure = null where client_id = $1 and source_hash = $2`,
    [logo.clientId, logo.sourceHash, logo.sha256],
  );
}

/** Says why there is no logo yet, or, where that is final, why there is none. */
export async function writeLogoFailure(
  sql: Sql,
  logo: WaitingLogo & { readonly failure: string; readonly final: boolean },
): Promise<void> {
  await sql.query(
    `update client_logo set failure = $3, state = case when $4::boolean then 'refused' else state end
     where client_id = $1 and source_hash = $2`,
    [logo.clientId, logo.sourceHash, logo.failure.slice(0, 500), logo.final],
  );
}

/** SHA-256 of the image that a client shows for that source; undefined while there is none. */
export async function readReadyLogo(sql: Sql, clientId: string, sourceHash: string): Promise<string | undefined> {
  const rows = await sql.query<{ image: string }>(
    `select image from client_logo where client_id = $1 and source_hash = $2 and state = 'ready'`,
    [clientId, sourceHash],
  );
  return rows[0]?.image;
}

/** The octets of a logo that a client shows. */
export async function readLogoImage(sql: Sql, sha256: string): Promise<Uint8Array | undefined> {
  const rows = await sql.query<{ png: Uint8Array }>('select png from logo_image where sha256 = $1', [sha256]);
  return rows[0]?.png;
}
