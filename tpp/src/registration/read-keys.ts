import { isJsonObject, type JsonObject } from '../http/http-answer.js';

/** The keys of a registration as the bank answered them, in their order. */
export function readKeys({ jwks }: JsonObject): readonly JsonObject[] {
  const keys: unknown = isJsonObject(jwks) ? jwks['keys'] : undefined;
  return Array.isArray(keys) ? keys.filter(isJsonObject) : [];
}
