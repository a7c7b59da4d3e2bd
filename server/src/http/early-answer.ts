import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { AuditLog } from '../audit/audit-log.js';
import { STATUS_CODES } from '../node-http.js';
import { createUuid } from '../store/uuid.js';
import type { RenderRefusal } from './refusal-answer.js';
import { isRequestId } from './request-id.js';
import { webSecurityHeaders } from './web-security-headers.js';

/** What a listener answers with where no application is reached. */
export interface EarlyAnswerOptions {
  readonly clock: () => Date;
  /** Address of the errors page, by the path that was asked. */
  readonly documentation: (path: string) => string;
  readonly render: RenderRefusal;
  readonly audit: AuditLog;
}

/** Answers a request whose head was refused, in the dialect of the listener, and closes the connection. */
export function answerRefusedHead(
  refusal: Refusal,
  to: { request: IncomingMessage; response: ServerResponse },
  options: EarlyAnswerOptions,
): void {
  const { request, response } = to;
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const { status, headers, body } = compose(refusal, path, options);
  response.writeHead(status, { ...headers, ...echoRequestId(request) });
  response.end(body);
}

/** Answers what has no response object: bytes that are no HTTP request, a request that came too slowly, CONNECT. */
export function answerUnreadable(cause: Error & { code?: string }, socket: Duplex, options: EarlyAnswerOptions): void {
  if (cause.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { refusal, status } = describe(cause.code);
  const answer = compose(refusal, '/', options, status);
  const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\n${lines.join('')}\r\n${answer.body}`);
}

/** The code of the cause when it is a CONNECT request, which Node hands over without a response. */
export const connectCode = 'POSTERN_CONNECT';

function describe(code: string | undefined): { readonly refusal: Refusal; readonly status?: number } {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return { refusal: new Refusal('REQUEST_TOO_LARGE', 'The head of the request is larger than is read here.') };
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

interface Composed {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The headers of pages are the stricter set: they fit an answer of any dialect. */
function compose(refusal: Refusal, path: string, options: EarlyAnswerOptions, status?: number): Composed {
  const now = options.clock();
  const correlationId = createUuid(now);
  options.audit.append({ at: now, kind: 'request-refused', outcome: 'refused', code: refusal.code, correlationId });
  const given = status ?? (refusal.code === 'REQUEST_TOO_LARGE' ? 431 : undefined);
  const rendered = options.render(refusal, {
    correlationId,
    now,
    path,
    documentation: options.documentation(path),
    status: given,
  });
  return {
    status: rendered.status,
    headers: {
      ...webSecurityHeaders,
      ...rendered.headers,
      'content-type': rendered.contentType,
      'content-length': String(Buffer.byteLength(rendered.body)),
      ...(refusal.code === 'METHOD_NOT_ALLOWED' ? { allow: 'GET, HEAD, POST, PUT, DELETE' } : {}),
      'x-correlation-id': correlationId,
      connection: 'close',
    },
    body: rendered.body,
  };
}

function echoRequestId({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  const requestId = headers['x-request-id'];
  return typeof requestId === 'string' && isRequestId(requestId) ? { 'x-request-id': requestId } : {};
}
