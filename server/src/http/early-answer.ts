import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { STATUS_CODES } from '../node-http.js';
import { createUuid } from '../store/uuid.js';
import { type RefusalManners, type RefusedAnswer, refuse } from './refuse.js';

/** Answers a request that no application is to see, and closes the connection. */
export function answerEarly(
  refusal: Refusal,
  to: { request: IncomingMessage; response: ServerResponse; status?: number | undefined },
  manners: RefusalManners,
): void {
  const { request, response, status } = to;
  const answer = compose(refusal, { request, socket: request.socket, status }, manners);
  response.writeHead(answer.status, { ...answer.headers });
  response.end(answer.body);
}

/** What Node found wrong, with the octets in which it found it. */
export type UnreadableCause = Error & { readonly code?: string; readonly rawPacket?: Uint8Array };

/**
 * Answers what has no response object: bytes that are no HTTP request, a request that came too slowly, CONNECT. `request` is the one that
 * was under way, where its head had been read.
 */
export function answerUnreadable(
  cause: UnreadableCause,
  at: { socket: Duplex; request: IncomingMessage | undefined },
  manners: RefusalManners,
): void {
  const { socket, request } = at;
  if (leavings.has(cause.code ?? '') || !socket.writable) {
    socket.destroy();
    return;
  }
  const { refusal, status } = describe(cause.code);
  const answer = compose(refusal, { request, socket, status, target: findTarget(cause.rawPacket) }, manners);
  const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\n${lines.join('')}\r\n${answer.body}`);
}

/** How it is told that the sender broke off; nobody waits for an answer, and there is nothing to record. */
const leavings = new Set(['ECONNRESET', 'EPIPE', 'HPE_INVALID_EOF_STATE']);

/** The code of the cause when it is a CONNECT request, which Node hands over without a response. */
export const connectCode = 'POSTERN_CONNECT';

function describe(code: string | undefined): { readonly refusal: Refusal; readonly status?: number } {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return {
        refusal: new Refusal('REQUEST_TOO_LARGE', 'The head of the request is larger than is read here.'),
        status: 431,
      };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return {
        refusal: new Refusal('REQUEST_MALFORMED', 'The request did not arrive whole within its time.'),
        status: 408,
      };
    case connectCode:
      return { refusal: new Refusal('METHOD_NOT_ALLOWED', 'The method CONNECT is not used here.') };
    default:
      return { refusal: new Refusal('REQUEST_MALFORMED', 'What arrived is not an HTTP/1.1 request (RFC 9112).') };
  }
}

interface EarlyRequest {
  readonly request: IncomingMessage | undefined;
  readonly socket: Duplex;
  readonly status?: number | undefined;
  /** Where no request was read. */
  readonly target?: string | undefined;
}

function compose(refusal: Refusal, early: EarlyRequest, manners: RefusalManners): RefusedAnswer {
  const { request, socket, status } = early;
  const answer = refuse(
    refusal,
    {
      correlationId: createUuid(manners.clock()),
      method: request?.method,
      target: request?.url ?? early.target,
      route: undefined,
      requestId: request?.headers['x-request-id'],
      socket,
      status,
      last: true,
    },
    manners,
  );
  if (refusal.code !== 'METHOD_NOT_ALLOWED') return answer;
  return { ...answer, headers: { ...answer.headers, allow: 'GET, HEAD, POST, PUT, DELETE' } };
}

const longestRequestLine = 8_300;

/** The target of a head that could not be read whole, for its dialect alone. */
function findTarget(octets: Uint8Array | undefined): string | undefined {
  const text = Buffer.from(octets?.subarray(0, longestRequestLine) ?? []).toString('latin1');
  return /^[A-Z]{1,20} (\/[\x21-\x7e]*) /.exec(text)?.[1];
}
