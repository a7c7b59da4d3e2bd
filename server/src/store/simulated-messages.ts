import type { Environment } from '../realm.js';
import type { Sql } from './database.js';
import { createUuid } from './uuid.js';

export interface SimulatedMessage {
  readonly brand: string;
  readonly environment: Environment;
  readonly psu: string;
  readonly sentAt: Date;
  readonly text: string;
}

const keepMinutes = 60;

/** Puts a message on the simulated phone of a simulated customer, and clears what is older than an hour from it. */
export async function insertSimulatedMessage(sql: Sql, message: SimulatedMessage): Promise<void> {
  const { brand, environment, psu, sentAt, text } = message;
  await sql.query('delete from simulated_message where brand = $1 and environment = $2 and psu = $3 and sent_at < $4', [
    brand,
    environment,
    psu,
    new Date(sentAt.getTime() - keepMinutes * 60_000),
  ]);
  await sql.query(
    'insert into simulated_message (id, brand, environment, psu, sent_at, text) values ($1, $2, $3, $4, $5, $6)',
    [createUuid(sentAt), brand, environment, psu, sentAt, text],
  );
}

/** The newest messages of a customer, newest first. */
export async function readSimulatedMessages(
  sql: Sql,
  sought: Pick<SimulatedMessage, 'brand' | 'environment' | 'psu'>,
  most: number,
): Promise<readonly Pick<SimulatedMessage, 'sentAt' | 'text'>[]> {
  const rows = await sql.query<{ sent_at: Date; text: string }>(
    `select sent_at, text from simulated_message where brand = $1 and environment = $2 and psu = $3
     order by sent_at desc, id desc limit $4`,
    [sought.brand, sought.environment, sought.psu, most],
  );
  return rows.map((row) => ({ sentAt: row.sent_at, text: row.text }));
}
