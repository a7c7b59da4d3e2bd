/** What the world answers to one request. */
export interface Answer {
  readonly status: number;
  readonly contentType?: string;
  readonly body?: string | Uint8Array;
}

export function json(status: number, value: unknown): Answer {
  return { status, contentType: 'application/json', body: `${JSON.stringify(value)}\n` };
}

export function octets(contentType: string, body: string | Uint8Array): Answer {
  return { status: 200, contentType, body };
}

/** An error with a text for the one who asked. */
export function failure(status: number, error: string): Answer {
  return json(status, { error });
}
