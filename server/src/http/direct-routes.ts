import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { readSingleHeader } from '@postern/core/signature/header-list.js';
import { createUuid } from '../store/uuid.js';
import type { AnsweredRequest } from './answered-request.js';
import type { DirectAnswer, DirectRequest, DirectRoute } from './direct-route.js';
import type { ReceivedListener, ReceivedRequest } from './receive-request.js';
import { isRequestId } from './request-id.js';

/** Why a direct route did not answer; its request keeps the correlation id that it has. */
export interface FailedRequest {
  readonly correlationId: string;
  readonly cause: unknown;
}

export interface DirectRoutes {
  add(route: DirectRoute): void;
  /** Answers requests of the routes and hands every other to `next`, and theirs when they failed. */
  before(next: (request: IncomingMessage, response: ServerResponse) => void): ReceivedListener;
  failureOf(request: IncomingMessage): FailedRequest | undefined;
  /** The body of a request that was handed on. */
  bodyOf(request: IncomingMessage): Uint8Array | undefined;
  /** From now on every answer is the last of its connection. */
  close(): void;
}

export interface DirectRoutesOptions {
  readonly clock: () => Date;
  readonly securityHeaders: Readonly<Record<string, string>>;
  readonly onAnswer: (answer: AnsweredRequest) => void;
}

type Arrived = ReceivedRequest & { readonly body: Uint8Array };

/** Makes the routes that a listener answers before its application. */
export function createDirectRoutes({ clock, securityHeaders, onAnswer }: DirectRoutesOptions): DirectRoutes {
  const routes: Routes = { whole: new Map(), beginnings: [] };
  const failures = new WeakMap<IncomingMessage, FailedRequest>();
  const bodies = new WeakMap<IncomingMessage, Uint8Array>();
  const security = Object.entries(securityHeaders).flat();
  const turn = createTurn();
  let closed = false;

  const answer = async (route: DirectRoute, arrived: Arrived, correlationId: string) => {
    const begin = performance.now();
    const answered = await route.answer(describe(arrived, route, correlationId));
    await turn.end();
    const last = closed ? ['connection', 'close'] : [];
    send(arrived, answered, [...security, 'x-correlation-id', correlationId, ...last]);
    const seconds = (performance.now() - begin) / 1_000;
    onAnswer({ method: route.method, route: route.path, status: answered.status, seconds });
  };

  return {
    add: (route) => {
      if (route.path.endsWith('/*')) routes.beginnings.push({ route, path: route.path.slice(0, -1) });
      else routes.whole.set(`${route.method} ${route.path.replace(/\/:[^/]*/, '/:')}`, route);
    },
    before: (next) => (received) => {
      const { request, response, body } = received;
      const fail = (correlationId: string, cause: unknown) => {
        failures.set(request, { correlationId, cause });
        next(request, response);
      };
      if (body instanceof Refusal) return fail(createUuid(clock()), body);
      const route = find(routes, request);
      if (route === undefined) {
        bodies.set(request, body);
        return next(request, response);
      }
      const correlationId = createUuid(clock());
      answer(route, { ...received, body }, correlationId).catch((cause: unknown) => fail(correlationId, cause));
    },
    failureOf: (request) => failures.get(request),
    bodyOf: (request) => bodies.get(request),
    close: () => {
      closed = true;
    },
  };
}

interface Turn {
  /** Resolves when everything that has arrived so far was read and decided on. */
  end(): Promise<void>;
}

/** Answers are written together at the end of a turn of the event loop: each write wakes its reader, and readers that are awake need not be woken. */
function createTurn(): Turn {
  let ending: Promise<void> | undefined;
  return {
    end: () => {
      ending ??= new Promise((resolve) => {
        setImmediate(() => {
          ending = undefined;
          resolve();
        });
      });
      return ending;
    },
  };
}

const parameterSegment = /\/[^/]+(?=\/[^/]+$)/;

interface Routes {
  /** By method and path; a parameter is named by its colon alone. */
  readonly whole: Map<string, DirectRoute>;
  readonly beginnings: { readonly route: DirectRoute; readonly path: string }[];
}

function find({ whole, beginnings }: Routes, { method = '', url = '' }: IncomingMessage): DirectRoute | undefined {
  const path = decode(pathOf(url));
  return (
    whole.get(`${method} ${path}`) ??
    whole.get(`${method} ${path.replace(parameterSegment, '/:')}`) ??
    beginnings.find((beginning) => beginning.route.method === method && path.startsWith(beginning.path))?.route
  );
}

/** The guard of the head has seen that it can be decoded. */
function decode(path: string): string {
  return path.includes('%') ? decodeURIComponent(path) : path;
}

function pathOf(target: string): string {
  const query = target.indexOf('?');
  return query < 0 ? target : target.slice(0, query);
}

function describe({ request, headers, body }: Arrived, route: DirectRoute, correlationId: string): DirectRequest {
  const target = request.url ?? '';
  const path = pathOf(target);
  return {
    correlationId,
    body,
    method: route.method,
    target,
    headers,
    parameter: readParameter(route.path, path),
    query: target.slice(path.length + 1),
    socket: request.socket,
  };
}

function readParameter(pattern: string, path: string): string {
  if (pattern.endsWith('/*')) return decode(path).slice(pattern.length - 1);
  return pattern.includes('/:') ? decode(path.split('/').at(-2) ?? '') : '';
}

function send({ response, headers }: Arrived, { status, body }: DirectAnswer, lines: string[]): void {
  const requestId = readSingleHeader(headers, 'x-request-id');
  if (requestId !== undefined && isRequestId(requestId)) lines.push('x-request-id', requestId);
  if (body === undefined) {
    response.writeHead(status, lines).end();
    return;
  }
  const { type, content } = body;
  lines.push('content-type', type, 'content-length', `${Buffer.byteLength(content)}`);
  response.writeHead(status, lines);
  // Head and body as one string are one write; a body of octets would be a second one.
  if (typeof content === 'string') response.end(content);
  else response.end(Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('latin1'), 'latin1');
}
