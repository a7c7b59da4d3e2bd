import { type HttpAnswer, type JsonObject, readJsonObject } from '../http/http-answer.js';
import { BankRefusal } from './bank-refusal.js';

/** The JSON object of an answer that has one of the wanted statuses; throws BankRefusal for every other answer. */
export function expectJson(answer: HttpAnswer, ...statuses: readonly number[]): JsonObject {
  const body = statuses.includes(answer.status) ? readJsonObject(answer) : undefined;
  if (body === undefined) throw new BankRefusal(answer);
  return body;
}
