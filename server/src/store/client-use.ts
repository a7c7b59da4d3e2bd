import type { Sql } from './database.js';

/** Whose use is asked for, and how long an access token lives. */
export interface UseSought {
  readonly clientId: string;
  readonly organizationIdentifier: string;
  readonly now: Date;
  readonly accessTokenSeconds: number;
}

/** Whether anybody may still act by this client: a grant lives, or an access token of its own was issued not long ago. */
export async function isClientInUse(sql: Sql, sought: UseSought): Promise<boolean> {
  const { clientId, organizationIdentifier, now, accessTokenSeconds } = sought;
  const since = new Date(now.getTime() - accessTokenSeconds * 1_000);
  const [row] = await sql.query<{ in_use: boolean }>(
    `select exists (select 1 from consent_grant where client_id = $1 and ended_at is null and expires_at > $2)
       or exists (select 1 from audit_event where organization_identifier = $3 and at > $4 and client_id = $1
         and kind = 'token-issued' and detail->>'grant' is null) as in_use`,
    [clientId, now, organizationIdentifier, since],
  );
  return row?.in_use ?? true;
}
