import { constants } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { HeaderList } from '@postern/core/signature/header-list.js';
import { createServer as createHttpServer } from '../node-http.js';
import type { GuardedListener } from './direct-routes.js';
import { answerRefusedHead, answerUnreadable, connectCode, type EarlyAnswerOptions } from './early-answer.js';
import { guardRequestHead, type ServedPlaces } from './guard-request-head.js';

export interface ListenerOptions extends EarlyAnswerOptions, ServedPlaces {
  /** PEM; undefined serves plain HTTP, for the management listener only. */
  readonly tls: { readonly key: string; readonly certificate: string } | undefined;
  /** Ask for a client certificate. It is judged per request by qualification, never by OpenSSL's verdict. */
  readonly requestCertificate: boolean;
}

/** The most octets that request line and headers may have together. */
export const largestHead = 16_384;
const handshakeTimeout = 10_000;
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  // How often Node looks for what is late; its own 30 s would let a slow head live four times as long as it may.
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: largestHead,
  // The guard of the head answers for a missing Host as it does for everything else.
  requireHostHeader: false,
} as const;
const mostConnections = 4_096;

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** The server under an application: TLS 1.2 or later, bounded times and sizes, the strict look at each request's head first. */
export function createServerFactory(options: ListenerOptions): (onRequest: GuardedListener) => Server {
  return (onRequest) => {
    const underWay: UnderWay = new WeakMap();
    const listener: Listener = (request, response) => {
      keepUnderWay(underWay, request, response);
      const headers = guardHead(request, options);
      if (headers instanceof Refusal) answerRefusedHead(headers, { request, response }, options);
      else onRequest(request, response, headers);
    };
    const server = options.tls === undefined ? plainServer(listener) : tlsServer(listener, options);
    server.maxConnections = mostConnections;
    server.maxHeadersCount = 0;
    const refuseBytes = (cause: Error, socket: Duplex) => {
      if (mayAnswer(underWay.get(socket))) answerUnreadable(cause, socket, options);
      else socket.destroy();
    };
    server.on('clientError', refuseBytes);
    // Without these two Node closes a connection for CONNECT without an answer, and answers 417 by itself.
    server.on('connect', (_request, socket) =>
      refuseBytes(Object.assign(new Error('CONNECT'), { code: connectCode }), socket),
    );
    server.on('checkExpectation', listener);
    server.on('tlsClientError', (_cause, socket: Duplex) => socket.destroy());
    return server;
  };
}

function plainServer(listener: Listener): Server {
  return createHttpServer(limits, listener);
}

function tlsServer(listener: Listener, options: ListenerOptions): Server {
  return createHttpsServer(
    {
      key: options.tls?.key,
      cert: options.tls?.certificate,
      requestCert: options.requestCertificate,
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      ciphers: 'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:ECDHE+AESGCM:ECDHE+CHACHA20',
      honorCipherOrder: true,
      // A resumed session would bring back an old certificate without its issuers.
      secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION,
      ALPNProtocols: ['http/1.1'],
      handshakeTimeout,
      ...limits,
    },
    listener,
  ) as unknown as Server;
}

function guardHead(request: IncomingMessage, served: ServedPlaces): HeaderList | Refusal {
  try {
    return guardRequestHead(
      {
        method: request.method ?? '',
        version: request.httpVersion,
        target: request.url ?? '',
        rawHeaders: request.rawHeaders,
        serverName: request.socket instanceof TLSSocket ? readServerName(request.socket) : undefined,
      },
      served,
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

/** The requests of a connection that are not answered yet. */
type UnderWay = WeakMap<Duplex, Set<IncomingMessage>>;

function keepUnderWay(underWay: UnderWay, request: IncomingMessage, response: ServerResponse): void {
  const requests = underWay.get(request.socket) ?? new Set();
  underWay.set(request.socket, requests.add(request));
  response.on('close', () => requests.delete(request));
}

/** An answer to unreadable bytes must not stand in the place of the answer to a whole request that came before them. */
function mayAnswer(requests: ReadonlySet<IncomingMessage> | undefined): boolean {
  return [...(requests ?? [])].every((request) => !request.complete);
}
