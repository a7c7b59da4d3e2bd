import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Refusal } from '@postern/core/refusal/refusal.js';
import type { AuditEvent } from '../audit/audit-event.js';
import type { AuditLog } from '../audit/audit-log.js';
import { thumbprintOfPeer } from './peer-thumbprint.js';
import { readSource } from './read-source.js';
import type { RenderRefusal } from './refusal-answer.js';
import { isRequestId } from './request-id.js';

/** What every refusal of a listener is recorded and answered with. */
export interface RefusalManners {
  readonly clock: () => Date;
  /** Address of the errors page, by the path that was asked. */
  readonly documentation: (path: string) => string;
  /** The dialect of the listener. */
  readonly render: RenderRefusal;
  readonly audit: Pick<AuditLog, 'append'>;
  readonly securityHeaders: Readonly<Record<string, string>>;
}

/** The request that is refused, as far as it could be read. */
export interface RefusedRequest {
  readonly correlationId: string;
  readonly method: string | undefined;
  /** Request target; undefined where none could be read. */
  readonly target: string | undefined;
  /** Pattern of the address; undefined where none was looked for or found. */
  readonly route: string | undefined;
  readonly requestId: string | readonly string[] | undefined;
  readonly socket: Duplex;
  /** Where the place of the fault asks for another status than its code does. */
  readonly status?: number | undefined;
  /** Whether something of the request may be unread: it must not be taken for the next one, so the connection ends. */
  readonly last: boolean;
}

/** An answer with every header that it has. */
export interface RefusedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The one way of every refusal, whoever found it: records it and makes its answer, in the dialect of the path that was asked. */
export function refuse(refusal: Refusal, request: RefusedRequest, manners: RefusalManners): RefusedAnswer {
  const { correlationId, requestId } = request;
  const now = manners.clock();
  manners.audit.append(refusedEvent(refusal, request, now), readSource(request.socket as Socket));
  const path = request.target?.split('?')[0] ?? '/';
  const documentation = manners.documentation(path);
  const rendered = manners.render(refusal, { correlationId, now, path, documentation, status: request.status });
  return {
    status: rendered.status,
    headers: {
      ...manners.securityHeaders,
      ...rendered.headers,
      'content-type': rendered.contentType,
      'content-length': String(Buffer.byteLength(rendered.body)),
      'x-correlation-id': correlationId,
      ...(typeof requestId === 'string' && isRequestId(requestId) ? { 'x-request-id': requestId } : {}),
      ...(request.last ? { connection: 'close' } : {}),
    },
    body: rendered.body,
  };
}

function refusedEvent(refusal: Refusal, request: RefusedRequest, at: Date): AuditEvent {
  return {
    at,
    kind: 'request-refused',
    outcome: 'refused',
    code: refusal.code,
    thumbprint: thumbprintOfPeer(request.socket),
    decisionId: refusal.decision,
    correlationId: request.correlationId,
    detail: { method: request.method ?? '', route: request.route ?? '' },
  };
}
