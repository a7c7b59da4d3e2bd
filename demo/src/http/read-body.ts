import type { IncomingMessage } from 'node:http';
import { DemoError } from '../demo-error.js';

const MAXIMUM_OCTETS = 64 * 1024;

/** The body of a request, 64 KiB at most. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MAXIMUM_OCTETS) {
      throw new DemoError(`the body is larger than ${MAXIMUM_OCTETS} octets`, { usage: true });
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/**
 * The body as a JSON object. The media type is insisted on because a page of a foreign site may not send it
 * to this machine without being asked first (CORS), and is not asked.
 */
export async function readJsonBody(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new DemoError('the Content-Type must be application/json', { usage: true });
  }
  let value: unknown;
  try {
    value = JSON.parse((await readBody(request)).toString('utf8'));
  } catch (error) {
    throw error instanceof DemoError ? error : new DemoError('the body is not JSON', { usage: true });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DemoError('the body must be a JSON object', { usage: true });
  }
  return value as Readonly<Record<string, unknown>>;
}
