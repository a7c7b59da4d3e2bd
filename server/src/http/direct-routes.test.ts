import { request as ask, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../audit/audit-event.js';
import type { AnsweredRequest } from './answered-request.js';
import { createApplication } from './create-application.js';
import { createServerFactory } from './listen.js';
import { renderApiRefusal } from './render-api-refusal.js';
import { createRequestBounds } from './request-bounds.js';
import { createTurns } from './turns.js';
import { apiSecurityHeaders } from './web-security-headers.js';

const clock = () => new Date('2026-11-22T10:00:00Z');
let app: FastifyInstance;
let events: AuditEvent[];
let counted: AnsweredRequest[];
let port: number;
let slow: { readonly asked: PromiseWithResolvers<void>; readonly released: PromiseWithResolvers<void> };

beforeEach(async () => {
  events = [];
  counted = [];
  slow = { asked: Promise.withResolvers(), released: Promise.withResolvers() };
  const audit = {
    append: (event: AuditEvent) => void events.push(event),
    appendDecision: () => {},
    writable: true,
    close: async () => {},
  };
  const hosts = new Set(['api.bank.example']);
  const common = {
    clock,
    audit,
    documentation: () => 'https://www.bank.example/errors',
    render: renderApiRefusal,
    securityHeaders: apiSecurityHeaders,
  };
  app = createApplication({
    ...common,
    createServer: createServerFactory({
      ...common,
      hosts,
      base64Below: ['/values/'],
      tls: undefined,
      requestCertificate: false,
      partyOf: () => 'all',
      turns: createTurns({ now: () => 0, afterTurn: setImmediate, later: setTimeout }),
      bounds: createRequestBounds(10),
      limits: undefined,
      onClosed: () => undefined,
    }),
    logger: pino({ level: 'silent' }),
    onAnswer: (answer) => void counted.push(answer),
  });
  addRoutes(app);
  await app.listen({ host: '127.0.0.1', port: 0 });
  port = (app.server.address() as AddressInfo).port;
});

afterEach(() => app.close());

function addRoutes(application: FastifyInstance): void {
  const json = (content: object) => ({
    status: 200,
    body: { type: 'application/json', content: JSON.stringify(content) },
  });
  application.answerDirectly({
    method: 'GET',
    path: '/things/:id/parts',
    answer: ({ parameter, query, target }) => json({ parameter, query, target }),
  });
  application.answerDirectly({
    method: 'GET',
    path: '/values/*',
    answer: ({ parameter }) => json({ parameter }),
  });
  application.answerDirectly({ method: 'GET', path: '/nothing', answer: async () => ({ status: 204 }) });
  application.answerDirectly({
    method: 'GET',
    path: '/stet-psd2-api/refused',
    answer: () => {
      throw new Refusal('ROLE_INVALID', 'The role is not there.');
    },
  });
  application.answerDirectly({ method: 'GET', path: '/failed', answer: () => Promise.reject(new Error('secret')) });
  application.answerDirectly({
    method: 'POST',
    path: '/octets',
    answer: ({ body }) => ({ status: 200, body: { type: 'application/octet-stream', content: body } }),
  });
  application.answerDirectly({
    method: 'GET',
    path: '/slow',
    answer: async () => {
      slow.asked.resolve();
      await slow.released.promise;
      return { status: 204 };
    },
  });
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

function send(
  method: string,
  path: string,
  body?: string | Buffer,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = ask({ port, method, path, headers: { host: 'api.bank.example', ...headers } }, async (answer) => {
      answer.setEncoding('latin1');
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('direct routes', () => {
  it('answer with the manners of every answer', async () => {
    const { status, headers, body } = await send('GET', '/things/a%20b/parts?x=1&y=%C3%A9', undefined, {
      'x-request-id': 'r-1',
    });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      parameter: 'a b',
      query: 'x=1&y=%C3%A9',
      target: '/things/a%20b/parts?x=1&y=%C3%A9',
    });
    expect(headers).toMatchObject({ ...apiSecurityHeaders, 'x-request-id': 'r-1', 'content-type': 'application/json' });
    expect(headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(counted).toMatchObject([{ method: 'GET', route: '/things/:id/parts', status: 200 }]);
  });

  it('S14: are found by a target that encodes what need not be', async () => {
    expect((await send('GET', '/n%6Fthing')).status).toBe(204);
    expect(JSON.parse((await send('GET', '/th%69ngs/%3F%23/p%61rts')).body)).toMatchObject({ parameter: '?#' });
  });

  it('take all that comes after a path as one value', async () => {
    const read = async (path: string) => JSON.parse((await send('GET', path)).body).parameter;
    expect(await read('/values/a%2Fb%2B%3D')).toBe('a/b+=');
    expect(await read('/values/a/b//c+=')).toBe('a/b//c+=');
    expect((await send('GET', '/values')).status).toBe(404);
    expect((await send('POST', '/values/a')).status).toBe(405);
  });

  it('answer without a body', async () => {
    const { status, headers, body } = await send('GET', '/nothing');
    expect([status, body, headers['content-type']]).toEqual([204, '', undefined]);
  });

  it('give back every octet', async () => {
    const octets = Buffer.from(Array.from({ length: 256 }, (_, octet) => octet));
    const { body, headers } = await send('POST', '/octets', octets);
    expect(Buffer.from(body, 'latin1')).toEqual(octets);
    expect(headers['content-length']).toBe('256');
  });

  it('refuse as everything refuses, under one correlation id', async () => {
    const { status, headers, body } = await send('GET', '/stet-psd2-api/refused');
    expect(status).toBe(403);
    expect(JSON.parse(body)).toMatchObject({ error_code: 'ROLE_INVALID' });
    expect(events).toMatchObject([
      { kind: 'request-refused', code: 'ROLE_INVALID', correlationId: headers['x-correlation-id'] },
    ]);
    expect(counted).toMatchObject([{ route: '/stet-psd2-api/refused', status: 403 }]);
  });

  it('tell nothing of a fault', async () => {
    const { status, body } = await send('GET', '/failed');
    expect(status).toBe(500);
    expect(body).not.toContain('secret');
  });

  it.each([
    ['POST', '/nothing', 405],
    ['HEAD', '/nothing', 405],
    ['GET', '/octets', 405],
    ['GET', '/nothing/', 404],
    ['GET', '/things/parts', 404],
    ['GET', '/things/a/b/parts', 404],
    ['GET', '/things//parts', 400],
    ['GET', '/things/a%2fb/parts', 400],
  ])('leave %s %s to the application: %i', async (method, path, expected) => {
    expect((await send(method, path)).status).toBe(expected);
  });

  it.each([
    ['announced', {}],
    ['in chunks', { 'transfer-encoding': 'chunked' }],
  ])('refuse a body that is too large, %s, and close the connection', async (_, headers) => {
    const answer = await send('POST', '/octets', Buffer.alloc(65_537), headers);
    expect(answer.status).toBe(413);
    expect(answer.headers.connection).toBe('close');
    expect((await send('POST', '/octets', Buffer.alloc(65_536), headers)).status).toBe(200);
  });

  it('answer what is under way when the server closes', async () => {
    const answered = send('GET', '/slow');
    await slow.asked.promise;
    const closing = app.close();
    slow.released.resolve();
    expect((await answered).status).toBe(204);
    await closing;
  });
});
