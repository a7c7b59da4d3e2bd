import type { IncomingMessage, Server } from 'node:http';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { FastifyBaseLogger } from 'fastify';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { createUuid } from '../store/uuid.js';
import type { AnsweredRequest } from './answered-request.js';
import type { DirectRoute } from './direct-route.js';
import { createDirectRoutes, type DirectRoutes } from './direct-routes.js';
import { longestTarget } from './guard-request-head.js';
import { quietFramework } from './quiet-framework.js';
import { hasBody, readBody } from './read-body.js';
import type { ReceivedListener } from './receive-request.js';
import { type RefusalManners, type RefusedRequest, refuse } from './refuse.js';
import { refuseOtherMethods } from './refuse-other-methods.js';
import { isRequestId } from './request-id.js';

export interface ApplicationOptions extends RefusalManners {
  readonly createServer: (listener: ReceivedListener) => Server;
  readonly logger: FastifyBaseLogger;
  readonly onAnswer: (answer: AnsweredRequest) => void;
}

const closingMilliseconds = 5_000;

/**
 * A Fastify application with the manners that all listeners have: a correlation id on every answer, `no-store`,
 * bounded bodies kept as bytes, one way for refusals and one for faults.
 */
export function createApplication(options: ApplicationOptions): FastifyInstance {
  const servers: Server[] = [];
  const direct = createDirectRoutes(options);
  const answerFailure = createFailureAnswer(options);
  const app = fastify({
    serverFactory: (onRequest) => {
      const server = options.createServer(direct.before(onRequest));
      servers.push(server);
      return server;
    },
    loggerInstance: quietFramework(options.logger),
    logController: new LogController({ disableRequestLogging: true }),
    schemaController: { compilersFactory: { buildValidator: refuseSchemas, buildSerializer: refuseSchemas } },
    genReqId: (request) => direct.failureOf(request)?.correlationId ?? createUuid(options.clock()),
    routerOptions: {
      caseSensitive: true,
      ignoreTrailingSlash: false,
      ignoreDuplicateSlashes: false,
      // The guard of the head has bounded the target: no parameter is too long for a route, only unknown to it.
      maxParamLength: longestTarget,
    },
    // Whatever the framework or Node would answer by itself goes the one way too.
    frameworkErrors: answerFailure,
    clientErrorHandler: () => undefined,
    return503OnClosing: false,
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
  app.setErrorHandler(answerFailure);
  app.setNotFoundHandler((request, reply) => answerFailure(nothingHere(), request, reply));
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

type AnswerFailure = (cause: unknown, request: FastifyRequest, reply: FastifyReply) => void;

/** Answers whatever a request ended in that is no answer: a refusal as it is, anything else as a fault. */
function createFailureAnswer(options: ApplicationOptions): AnswerFailure {
  return (cause, request, reply) => {
    const refusal = cause instanceof Refusal ? cause : fromFramework(cause);
    if (refusal === undefined) options.logger.error({ cause, correlationId: request.id }, 'fault');
    else if (refusal.detail !== undefined) {
      const { code, detail } = refusal;
      options.logger.info({ code, detail, correlationId: request.id }, 'refused');
    }
    const answer = refuse(refusal ?? new Refusal('SERVER_ERROR', 'Something failed here.'), describe(request), options);
    reply.code(answer.status).headers(answer.headers).send(answer.body);
  };
}

function describe({ id, raw, method, url, routeOptions }: FastifyRequest): RefusedRequest {
  return {
    correlationId: id,
    method,
    target: url,
    route: routeOptions.url,
    requestId: raw.headers['x-request-id'],
    socket: raw.socket,
    last: hasBody(raw) && !raw.complete,
  };
}

function nothingHere(): Refusal {
  return new Refusal('NOT_FOUND', 'There is nothing at this address.');
}

/** The few faults of the framework that are the sender's doing. */
function fromFramework(cause: unknown): Refusal | undefined {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return new Refusal('MEDIA_TYPE_UNSUPPORTED', 'The Content-Type cannot be read.');
  if (code === 'FST_ERR_BAD_URL') return new Refusal('REQUEST_MALFORMED', 'The request target cannot be read.');
  return undefined;
}
