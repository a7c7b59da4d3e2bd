import { createServer as createHttpServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { constants } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { FastifyServerFactory } from 'fastify';
import type { AuditLog } from '../audit/audit-log.js';
import { createUuid } from '../store/uuid.js';
import { guardRequestHead } from './guard-request-head.js';
import type { RenderRefusal } from './refusal-answer.js';

export interface ListenerOptions {
  /** PEM; undefined serves plain HTTP, for the management listener only. */
  readonly tls: { readonly key: string; readonly certificate: string } | undefined;
  /** Ask for a client certificate. It is judged per request by qualification, never by OpenSSL's verdict. */
  readonly requestCertificate: boolean;
  readonly hosts: ReadonlySet<string>;
  readonly clock: () => Date;
  readonly documentation: string;
  readonly render: RenderRefusal;
  readonly audit: AuditLog;
}

const headersTimeout = 10_000;
const requestTimeout = 30_000;
const keepAliveTimeout = 5_000;
const handshakeTimeout = 10_000;
const largestHead = 16_384;
const mostConnections = 4_096;

/** The server under an application: TLS 1.2 or later, bounded times and sizes, the strict look at each request's head first. */
export function createServerFactory(options: ListenerOptions): FastifyServerFactory<Server> {
  return (onRequest) => {
    const listener: RequestListener = (request, response) => {
      const refusal = refuseHead(request, options.hosts);
      if (refusal === undefined) onRequest(request, response);
      else answerHead(refusal, { request, response, options });
    };
    const server = options.tls === undefined ? plainServer(listener) : tlsServer(listener, options);
    server.maxConnections = mostConnections;
    server.maxHeadersCount = 0;
    server.on('clientError', (cause, socket) => answerUnreadable(cause, socket));
    server.on('tlsClientError', (_cause, socket: Duplex) => socket.destroy());
    return server;
  };
}

function plainServer(listener: RequestListener): Server {
  return createHttpServer({ headersTimeout, requestTimeout, keepAliveTimeout, maxHeaderSize: largestHead }, listener);
}

function tlsServer(listener: RequestListener, options: ListenerOptions): Server {
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
      headersTimeout,
      requestTimeout,
      keepAliveTimeout,
      maxHeaderSize: largestHead,
    },
    listener,
  ) as unknown as Server;
}

function refuseHead(request: IncomingMessage, hosts: ReadonlySet<string>): Refusal | undefined {
  try {
    guardRequestHead(
      {
        method: request.method ?? '',
        target: request.url ?? '',
        rawHeaders: request.rawHeaders,
        serverName: request.socket instanceof TLSSocket ? readServerName(request.socket) : undefined,
      },
      hosts,
    );
    return undefined;
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

function answerHead(refusal: Refusal, parts: { request: IncomingMessage; response: ServerResponse; options: ListenerOptions }): void {
  const { request, response, options } = parts;
  const now = options.clock();
  const correlationId = createUuid(now);
  options.audit.append({ at: now, kind: 'request-refused', outcome: 'refused', code: refusal.code, correlationId });
  const rendered = options.render(refusal, {
    correlationId,
    now,
    path: (request.url ?? '/').split('?')[0] ?? '/',
    documentation: options.documentation,
  });
  const status = refusal.code === 'REQUEST_TOO_LARGE' ? 431 : rendered.status;
  const allow = refusal.code === 'METHOD_NOT_ALLOWED' ? { allow: 'GET, HEAD, POST, PUT, DELETE' } : {};
  response.writeHead(status, {
    ...rendered.headers,
    ...allow,
    'content-type': rendered.contentType,
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(rendered.body);
}

/** Bytes that are not HTTP: the parser's own refusal, without a body to leak anything. */
function answerUnreadable(cause: Error & { code?: string }, socket: Duplex): void {
  if (cause.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status =
    cause.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : cause.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? '408 Request Timeout'
        : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nCache-Control: no-store\r\nContent-Length: 0\r\n\r\n`);
}
