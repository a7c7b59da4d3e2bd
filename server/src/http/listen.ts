import { constants } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { createServer as createHttpServer } from '../node-http.js';
import { answerUnreadable, connectCode, type UnreadableCause } from './early-answer.js';
import { type ClosingReason, type ConnectionLimits, limitConnections } from './limit-connections.js';
import {
  type AfterHandshake,
  limitHandshakes,
  mostHandshakeOctets,
  type OnHandshakeEnded,
} from './limit-handshakes.js';
import { readSource } from './read-source.js';
import { type ReceivedListener, type ReceiveOptions, receiveRequest } from './receive-request.js';

export interface ListenerOptions extends ReceiveOptions {
  /** PEM; undefined serves plain HTTP, for the management listener only. */
  readonly tls: { readonly key: string; readonly certificate: string } | undefined;
  /** Ask for a client certificate. It is judged per request by qualification, never by OpenSSL's verdict. */
  readonly requestCertificate: boolean;
  /** Undefined where only the inside connects. */
  readonly limits: ConnectionLimits | undefined;
  readonly onClosed: (reason: ClosingReason) => void;
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
/** A connection that neither sends nor takes anything, milliseconds; what a request may wait for is shorter. */
const idleTimeout = 60_000;
/** Requests of one connection that may wait for their answers; the next one ends the connection. */
const mostUnanswered = 8;
/** What it counts for: Node parses what it has read of a connection before it hears that there is no more. */
const handshakesOfPipelining = 25;
/** A handshake counts as one more for each so many octets beyond those of one without a certificate: what OpenSSL calculates grows with them. */
const octetsOfHandshake = 256;
const octetsWithoutCertificate = 1_024;

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** The server under an application: TLS 1.2 or later, bounded times and sizes, the strict look at each request's head first. */
export function createServerFactory(options: ListenerOptions): (next: ReceivedListener) => Server {
  return (next) => {
    const underWay: UnderWay = new WeakMap();
    const given = { ...options, next };
    const listener: Listener = (request, response) => {
      if (request.socket.destroyed) return;
      if (keepUnderWay(underWay, request, response) > mostUnanswered) {
        options.onClosed('pipelining');
        limited?.charge(request.socket, handshakesOfPipelining);
        stopReading(request.socket);
        return;
      }
      afterHandshake(request.socket, () => receiveRequest(request, response, given));
    };
    const server = options.tls === undefined ? plainServer(listener) : tlsServer(listener, options);
    const onEnded: OnHandshakeEnded = (connection, { octets, secured }) => {
      if (octets > mostHandshakeOctets) options.onClosed('costly-handshake');
      // A third party that was found qualified is known, and its path is none of a stranger's making.
      if (secured !== undefined && options.partyOf(secured) !== readSource(secured)) return;
      const more = octets - octetsWithoutCertificate;
      if (more > 0) limited?.charge(connection, more / octetsOfHandshake);
    };
    // Without TLS there is no handshake that a connection could end without.
    const afterHandshake: AfterHandshake =
      options.tls === undefined ? (_connection, then) => then() : limitHandshakes(server, onEnded);
    server.maxConnections = mostConnections;
    server.maxHeadersCount = 0;
    server.timeout = idleTimeout;
    const refuseBytes = (cause: UnreadableCause, socket: Duplex) => {
      const exchanges = [...(underWay.get(socket) ?? [])];
      if (exchanges.some(isLast)) return;
      if (mayAnswer(exchanges)) answerUnreadable(cause, { socket, request: exchanges[0]?.req }, options);
      else socket.destroy();
    };
    server.on('clientError', refuseBytes);
    // Without these three Node closes a connection for CONNECT without an answer, answers 417 by itself, and asks for any body.
    server.on('connect', (_request, socket) =>
      refuseBytes(Object.assign(new Error('CONNECT'), { code: connectCode }), socket),
    );
    server.on('checkExpectation', listener);
    server.on('checkContinue', listener);
    server.on('tlsClientError', (_cause, socket: Duplex) => socket.destroy());
    const limited =
      options.limits === undefined ? undefined : limitConnections(server, { ...options, limits: options.limits });
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

/** Ends a connection; whoever listens for its octets takes them from the parser, which would go on with all that has arrived. */
function stopReading(connection: Duplex): void {
  connection.on('data', () => undefined).destroy();
}

/** The answers of a connection that are not made or not sent yet. */
type UnderWay = WeakMap<Duplex, Set<ServerResponse>>;

/** Answers how many they are. */
function keepUnderWay(underWay: UnderWay, request: IncomingMessage, response: ServerResponse): number {
  const exchanges = underWay.get(request.socket) ?? new Set();
  underWay.set(request.socket, exchanges.add(response));
  response.on('close', () => exchanges.delete(response));
  return exchanges.size;
}

/** An answer to unreadable bytes must not stand in the place of the answer to a whole request that came before them. */
function mayAnswer(exchanges: readonly ServerResponse[]): boolean {
  return exchanges.every(({ req }) => !req.complete);
}

/** Whether an answer is made before its request was whole: the connection ends by itself, and what else comes is for nobody. */
function isLast(response: ServerResponse): boolean {
  return response.writableEnded && !response.req.complete;
}
