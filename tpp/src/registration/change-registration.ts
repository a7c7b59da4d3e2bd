import { type Bank, registrationAddress } from '../bank/bank.js';
import { BankRefusal } from '../bank/bank-refusal.js';
import { expectJson } from '../bank/expect-answer.js';
import type { Connection } from '../http/connection.js';
import { type HttpAnswer, isJsonObject, type JsonObject } from '../http/http-answer.js';
import { parseClient, parseRegistration, type RegisteredClient } from './register-client.js';

/** What a registration is changed to, and the state of it that the change was made from. */
export interface RegistrationUpdate {
  readonly clientId: string;
  readonly metadata: JsonObject;
  /** The ETag of the reading; another update in between makes the bank refuse this one. */
  readonly etag: string | undefined;
}

/** Puts a whole registration in the place of another (RFC 7592, 2.2). */
export async function updateRegistration(
  connection: Connection,
  bank: Bank,
  { clientId, metadata, etag }: RegistrationUpdate,
): Promise<RegisteredClient> {
  const answer = await connection.send({
    method: 'PUT',
    url: registrationAddress(bank, clientId),
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(etag === undefined ? {} : { 'if-match': etag }),
    },
    body: JSON.stringify(metadata),
  });
  return parseRegistration(answer, 200);
}

/** Ends a registration with its tokens and grants (RFC 7592, 2.3). */
export async function deleteRegistration(connection: Connection, bank: Bank, clientId: string): Promise<HttpAnswer> {
  const answer = await connection.send({ method: 'DELETE', url: registrationAddress(bank, clientId) });
  if (answer.status !== 204) throw new BankRefusal(answer);
  return answer;
}

/** Every registration of the organisation of the QWAC: how a lost answer is found again. */
export async function listRegistrations(connection: Connection, bank: Bank): Promise<readonly RegisteredClient[]> {
  const headers = { accept: 'application/json' };
  const answer = await connection.send({ method: 'GET', url: registrationAddress(bank), headers });
  const { registrations } = expectJson(answer, 200);
  if (!Array.isArray(registrations)) throw new BankRefusal(answer);
  return registrations.filter(isJsonObject).map((metadata) => parseClient(metadata, answer));
}
