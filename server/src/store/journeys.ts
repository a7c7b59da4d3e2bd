import type { Sql } from './database.js';
import { raiseSandboxVersion } from './sandbox.js';

/** A journey under way; the third party that is made for it bears its name, which nobody else can know before. */
export interface JourneyRow {
  readonly name: string;
  readonly brand: string;
}

export async function insertJourney(sql: Sql, { name, brand }: JourneyRow, at: Date): Promise<void> {
  await sql.query('insert into journey (name, brand, began_at) values ($1, $2, $3)', [name, brand, at]);
}

/** Journeys of a brand that began before, and whose end nobody has written: their server was stopped. */
export async function readForgottenJourneys(sql: Sql, brand: string, before: Date): Promise<readonly JourneyRow[]> {
  return sql.query<JourneyRow>('select name, brand from journey where brand = $1 and began_at < $2 limit 50', [
    brand,
    before,
  ]);
}

/**
 * Ends what the third party of a journey still holds, in the sandbox alone, and removes its certificates and its entry in the register
 * of the sandbox. Answers the clients that this ended. Within the caller's transaction.
 */
export async function removeJourney(sql: Sql, { name, brand }: JourneyRow, at: Date): Promise<readonly string[]> {
  const rows = await sql.query<{ id: string; organization_identifier: string }>(
    'select id, organization_identifier from sandbox_applicant where brand = $1 and organization_name = $2',
    [brand, name],
  );
  const identifiers = rows.map((row) => row.organization_identifier);
  const applicants = rows.map(({ id }) => id);
  const ended = await sql.query<{ client_id: string }>(
    `update client set ended_at = $2 where organization_identifier = any($1::text[]) and environment = 'sandbox'
       and ended_at is null returning client_id`,
    [identifiers, at],
  );
  await sql.query('delete from name_claim where organization_identifier = any($1::text[])', [identifiers]);
  await sql.query('delete from notice where applicant_id = any($1::uuid[])', [applicants]);
  await sql.query(
    `delete from sandbox_warning where serial_number in
       (select serial_number from sandbox_certificate where applicant_id = any($1::uuid[]))`,
    [applicants],
  );
  await sql.query('delete from sandbox_certificate where applicant_id = any($1::uuid[])', [applicants]);
  await sql.query('delete from sandbox_key where applicant_id = any($1::uuid[])', [applicants]);
  await sql.query('delete from sandbox_applicant where id = any($1::uuid[])', [applicants]);
  await sql.query('delete from journey where name = $1', [name]);
  if (applicants.length > 0) await raiseSandboxVersion(sql);
  return ended.map((row) => row.client_id);
}
