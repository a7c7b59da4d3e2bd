import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { HeaderList } from '@postern/core/signature/header-list.js';
import { answerEarly } from './early-answer.js';
import { guardRequestHead, type ServedPlaces } from './guard-request-head.js';
import { announcesTooLarge, hasBody, readBody, tooLarge } from './read-body.js';
import type { RefusalManners } from './refuse.js';
import type { RequestBounds } from './request-bounds.js';
import type { Turns } from './turns.js';

/** A request whose head was guarded and whose body was read, or the refusal that its body led to. */
export interface ReceivedRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly headers: HeaderList;
  readonly body: Uint8Array | Refusal;
}

export type ReceivedListener = (received: ReceivedRequest) => void;

export interface ReceiveOptions extends RefusalManners, ServedPlaces {
  /** Whose request it is, for taking turns and for bounds: a third party, or else the address of the connection. */
  readonly partyOf: (socket: Socket) => string;
  readonly turns: Turns;
  readonly bounds: RequestBounds;
}

const noBody = new Uint8Array();

/**
 * Takes a request from its head to its body: bounds and the strict look at the head first, then the body, and `next` with both. Each step that costs time is a turn of
 * its party. Whoever leaves before the body is whole is asked for nothing more, and told nothing.
 */
export function receiveRequest(
  request: IncomingMessage,
  response: ServerResponse,
  given: ReceiveOptions & { next: ReceivedListener },
): void {
  const { turns, bounds, next } = given;
  const party = given.partyOf(request.socket);
  const take = (start: () => void) =>
    turns.take(party, () => {
      if (request.socket.writable) start();
    });
  const leave = bounds.enter(party);
  response.on('close', () => {
    leave();
    if (isRefusal(response.statusCode)) turns.noteRefusal(party);
  });
  take(() => {
    const headers = guard(request, party, given);
    if (headers instanceof Refusal)
      return answerEarly(headers, { request, response, status: statusOfHead(headers) }, given);
    if (!hasBody(request)) return next({ request, response, headers, body: noBody });
    if (announcesTooLarge(request)) return next({ request, response, headers, body: tooLarge() });
    if (request.headers.expect !== undefined && request.httpVersion !== '1.0') response.writeContinue();
    readBody(request).then(
      (body) => take(() => next({ request, response, headers, body })),
      (cause) => take(() => next({ request, response, headers, body: cause })),
    );
  });
}

/** What the one who asked caused; what the server could not do is nobody's fault. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500;
}

/** A head that is too large has a status of its own (RFC 6585 section 5). */
function statusOfHead({ code }: Refusal): number | undefined {
  return code === 'REQUEST_TOO_LARGE' ? 431 : undefined;
}

function guard(request: IncomingMessage, party: string, given: ReceiveOptions): HeaderList | Refusal {
  try {
    given.bounds.guard(party, request);
    return guardRequestHead(
      {
        method: request.method ?? '',
        version: request.httpVersion,
        target: request.url ?? '',
        rawHeaders: request.rawHeaders,
        serverName: request.socket instanceof TLSSocket ? readServerName(request.socket) : undefined,
      },
      given,
    );
  } catch (cause) {
    if (cause instanceof Refusal) return cause;
    throw cause;
  }
}

/** The server name indication; @types/node does not declare it on the socket of a server. */
function readServerName(socket: TLSSocket): string | false {
  const name = (socket as TLSSocket & { servername?: string | false | null }).servername;
  return name ?? false;
}
