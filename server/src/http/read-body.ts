import type { IncomingMessage } from 'node:http';
import { Refusal } from '@postern/core/refusal/refusal.js';

/** The most octets that a body may have, on every listener. */
export const largestBody = 65_536;

/** Whether a body follows the head (RFC 9112 section 6.3). */
export function hasBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

/** Whether the head announces a body that is larger than is read. */
export function announcesTooLarge({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return Number(headers['content-length'] ?? 0) > largestBody;
}

/** The body of a request; rejects with Refusal REQUEST_TOO_LARGE as soon as it is longer than `largestBody`, and stays open when the sender leaves. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length > largestBody) finish(() => reject(tooLarge()));
    };
    const onEnd = () =>
      finish(() => resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)));
    const finish = (settle: () => void) => {
      request.off('data', onData).off('end', onEnd);
      settle();
    };
    request.on('data', onData).on('end', onEnd);
  });
}

/** The refusal of a body that is larger than any listener reads. */
export function tooLarge(): Refusal {
  return new Refusal('REQUEST_TOO_LARGE', `The body is larger than ${largestBody} bytes.`);
}
