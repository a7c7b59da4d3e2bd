import type { IncomingHttpHeaders } from 'node:http';

/** A whole HTTP answer, with the request line it answers. */
export interface HttpAnswer {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly statusText: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** The body as a JSON object; undefined when it is anything else. */
export function readJsonObject(answer: HttpAnswer): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(answer.body.toString('utf8'));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value is an object with members, not an array and not null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that is a non-empty string; undefined otherwise. */
export function readText(object: JsonObject, member: string): string | undefined {
  const value = object[member];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
