import { type Bank, registrationAddress } from '../bank/bank.js';
import { BankRefusal } from '../bank/bank-refusal.js';
import { expectJson } from '../bank/expect-answer.js';
import type { Connection } from '../http/connection.js';
import { type HttpAnswer, type JsonObject, readText } from '../http/http-answer.js';
import { readKeys } from './read-keys.js';

/** A registration as the bank keeps it. */
export interface RegisteredClient {
  readonly clientId: string;
  /** The names that the bank gave the keys, in the order of the keys. */
  readonly kids: readonly string[];
  readonly scope: string;
  readonly metadata: JsonObject;
  readonly answer: HttpAnswer;
}

/** Registers a client (RFC 7591) with the QWAC of the connection; the same metadata again answer with the same client. */
export async function registerClient(
  connection: Connection,
  bank: Bank,
  metadata: JsonObject,
): Promise<RegisteredClient> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const answer = await connection.send({
    method: 'POST',
    url: registrationAddress(bank),
    headers,
    body: JSON.stringify(metadata),
  });
  return parseRegistration(answer, 201, 200);
}

/** Reads a registration back (RFC 7592, 2.1) with a QWAC of the same organisation. */
export async function readRegistration(
  connection: Connection,
  bank: Bank,
  clientId: string,
): Promise<RegisteredClient> {
  const url = registrationAddress(bank, clientId);
  return parseRegistration(await connection.send({ method: 'GET', url, headers: { accept: 'application/json' } }), 200);
}

/** The registration in an answer that has one of the wanted statuses; throws BankRefusal for every other answer. */
export function parseRegistration(answer: HttpAnswer, ...statuses: readonly number[]): RegisteredClient {
  return parseClient(expectJson(answer, ...statuses), answer);
}

/** A registration out of the answer that holds it; throws BankRefusal when it names no client. */
export function parseClient(metadata: JsonObject, answer: HttpAnswer): RegisteredClient {
  const clientId = readText(metadata, 'client_id');
  if (clientId === undefined) throw new BankRefusal(answer);
  return { clientId, kids: readKids(metadata), scope: readText(metadata, 'scope') ?? '', metadata, answer };
}

function readKids(metadata: JsonObject): readonly string[] {
  return readKeys(metadata).flatMap((key) => readText(key, 'kid') ?? []);
}
