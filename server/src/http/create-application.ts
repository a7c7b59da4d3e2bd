import { createHash } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { FastifyBaseLogger } from 'fastify';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { AuditEvent } from '../audit/audit-event.js';
import type { AuditLog } from '../audit/audit-log.js';
import { createUuid } from '../store/uuid.js';
import type { AnsweredRequest } from './answered-request.js';
import type { DirectRoute } from './direct-route.js';
import { createDirectRoutes, type DirectRoutes } from './direct-routes.js';
import { readPeerCertificates } from './peer-certificates.js';
import { readBody } from './read-body.js';
import type { ReceivedListener } from './receive-request.js';
import type { RefusalContext, RenderRefusal } from './refusal-answer.js';
import { refuseOtherMethods } from './refuse-other-methods.js';
import { isRequestId } from './request-id.js';

export interface ApplicationOptions {
  readonly createServer: (listener: ReceivedListener) => Server;
  readonly logger: FastifyBaseLogger;
  readonly clock: () => Date;
  readonly audit: AuditLog;
  /** Address of the errors page, by the path that was asked. */
  readonly documentation: (path: string) => string;
  /** The dialect of the listener. */
  readonly render: RenderRefusal;
  readonly onAnswer: (answer: AnsweredRequest) => void;
  readonly securityHeaders: Readonly<Record<string, string>>;
}

const closingMilliseconds = 5_000;

/**
 * A Fastify application with the manners that all listeners have: a correlation id on every answer, `no-store`,
 * bounded bodies kept as bytes, one way for refusals and one for faults.
 */
export function createApplication(options: ApplicationOptions): FastifyInstance {
  const servers: Server[] = [];
  const direct = createDirectRoutes(options);
  const app = fastify({
    serverFactory: (onRequest) => {
      const server = options.createServer(direct.before(onRequest));
      servers.push(server);
      return server;
    },
    loggerInstance: shareLogger(options.logger),
    logController: new LogController({ disableRequestLogging: true }),
    schemaController: { compilersFactory: { buildValidator: refuseSchemas, buildSerializer: refuseSchemas } },
    genReqId: (request) => direct.failureOf(request)?.correlationId ?? createUuid(options.clock()),
    routerOptions: {
      caseSensitive: true,
      ignoreTrailingSlash: false,
      ignoreDuplicateSlashes: false,
      maxParamLength: 128,
    },
    return503OnClosing: true,
    exposeHeadRoutes: false,
  }) as unknown as FastifyInstance;
  app.removeAllContentTypeParsers();
  // The listener has read it; what is injected comes without a listener.
  app.addContentTypeParser(
    '*',
    async (request: FastifyRequest, payload: IncomingMessage) => direct.bodyOf(request.raw) ?? readBody(payload),
  );
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(options.securityHeaders).header('x-correlation-id', request.id);
    const requestId = request.headers['x-request-id'];
    if (typeof requestId === 'string' && isRequestId(requestId)) reply.header('x-request-id', requestId);
    done(direct.failureOf(request.raw)?.cause as Error | undefined);
  });
  app.addHook('preClose', async () => {
    direct.close();
    closeLater(servers);
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? '(none)';
    options.onAnswer({ method: request.method, route, status: reply.statusCode, seconds: reply.elapsedTime / 1_000 });
    done();
  });
  app.decorate('answerDirectly', (route: DirectRoute) => answerDirectly(app, direct, route));
  answerRefusals(app, options);
  return app;
}

/** The framework knows the address too: for what is refused there, and for the answer to other methods. */
function answerDirectly(app: FastifyInstance, direct: DirectRoutes, route: DirectRoute): void {
  direct.add(route);
  app.route({
    method: route.method,
    url: route.path,
    handler: async () => {
      throw nothingHere();
    },
  });
  refuseOtherMethods(app, route.path, [route.method]);
}

/** No logger for each request: what is logged names the correlation id itself. */
function shareLogger(logger: FastifyBaseLogger): FastifyBaseLogger {
  const shared: FastifyBaseLogger = Object.create(logger, { child: { value: () => shared } });
  return shared;
}

/** Once a server closes, Node no longer looks for what is late: a head that never ends would keep the process for ever. */
function closeLater(servers: readonly Server[]): void {
  const timer = setTimeout(() => {
    for (const server of servers) server.closeAllConnections();
  }, closingMilliseconds);
  timer.unref();
}

/** What comes from outside is parsed by parsers of our own: the framework's JSON Schema compilers are not even loaded. */
function refuseSchemas(): never {
  throw new Error('no route has a JSON Schema');
}

function answerRefusals(app: FastifyInstance, options: ApplicationOptions): void {
  const answer = (refusal: Refusal, request: FastifyRequest, reply: FastifyReply) => {
    options.audit.append(refusedEvent(refusal, request, options.clock()));
    const path = request.url.split('?')[0] ?? '/';
    const context: RefusalContext = {
      correlationId: request.id,
      now: options.clock(),
      path,
      documentation: options.documentation(path),
    };
    const rendered = options.render(refusal, context);
    // What is not read of a body must not be taken for the next request.
    if (refusal.code === 'REQUEST_TOO_LARGE') reply.header('connection', 'close');
    return reply.code(rendered.status).headers(rendered.headers).type(rendered.contentType).send(rendered.body);
  };
  app.setErrorHandler((cause, request, reply) => {
    if (cause instanceof Refusal) {
      if (cause.detail !== undefined)
        request.log.info({ code: cause.code, detail: cause.detail, correlationId: request.id }, 'refused');
      return answer(cause, request, reply);
    }
    const refusal = fromFramework(cause);
    if (refusal === undefined) request.log.error({ cause, correlationId: request.id }, 'fault');
    return answer(refusal ?? new Refusal('SERVER_ERROR', 'Something failed here.'), request, reply);
  });
  app.setNotFoundHandler((request, reply) => {
    answer(nothingHere(), request, reply);
  });
}

function nothingHere(): Refusal {
  return new Refusal('NOT_FOUND', 'There is nothing at this address.');
}

function refusedEvent(refusal: Refusal, request: FastifyRequest, at: Date): AuditEvent {
  const leaf = readPeerCertificates(request.raw.socket)[0];
  return {
    at,
    kind: 'request-refused',
    outcome: 'refused',
    code: refusal.code,
    thumbprint: leaf === undefined ? undefined : createHash('sha256').update(leaf).digest('base64url'),
    decisionId: refusal.decision,
    correlationId: request.id,
    detail: { method: request.method, route: request.routeOptions.url ?? '' },
  };
}

/** The few faults of the framework that are the sender's doing. */
function fromFramework(cause: unknown): Refusal | undefined {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return new Refusal('MEDIA_TYPE_UNSUPPORTED', 'The Content-Type cannot be read.');
  if (code === 'FST_ERR_BAD_URL') return new Refusal('REQUEST_MALFORMED', 'The request target cannot be read.');
  return undefined;
}
