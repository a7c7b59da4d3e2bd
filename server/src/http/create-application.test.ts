import { type AddressInfo, connect } from 'node:net';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RawPlace, rawRequest, sendRaw } from '../../../tests/material/send-raw.js';
import type { AuditEvent } from '../audit/audit-event.js';
import { createApplication } from './create-application.js';
import { createServerFactory } from './listen.js';
import { renderApiRefusal } from './render-api-refusal.js';
import { createRequestBounds } from './request-bounds.js';
import { createTurns } from './turns.js';
import { apiSecurityHeaders } from './web-security-headers.js';

let app: FastifyInstance;
let events: AuditEvent[];
let log: string;
let place: RawPlace;

beforeEach(async () => {
  events = [];
  log = '';
  const audit = {
    append: (event: AuditEvent) => void events.push(event),
    appendDecision: () => {},
    writable: true,
    close: async () => {},
  };
  const common = {
    clock: () => new Date('2026-11-22T10:00:00Z'),
    audit,
    documentation: () => 'https://www.bank.example/errors',
    render: renderApiRefusal,
    securityHeaders: apiSecurityHeaders,
  };
  const hosts = new Set<string>();
  app = createApplication({
    ...common,
    createServer: createServerFactory({
      ...common,
      hosts,
      tls: undefined,
      requestCertificate: false,
      partyOf: () => 'all',
      turns: createTurns({ now: () => 0, afterTurn: setImmediate, later: setTimeout }),
      bounds: createRequestBounds(10),
      limits: undefined,
      onClosed: () => undefined,
    }),
    logger: pino(
      { level: 'trace' },
      {
        write: (line: string) => {
          log += line;
        },
      },
    ),
    onAnswer: () => undefined,
  });
  app.get('/things/:id', async (request) => request.params);
  app.post('/things', async () => 'taken');
  app.get('/refused', async () => {
    throw new Refusal('ACCESS_DENIED', 'Not you.');
  });
  app.get('/failed', async () => {
    throw new Error('something');
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  hosts.add(`127.0.0.1:${port}`);
  place = { url: `http://127.0.0.1:${port}` };
});

afterEach(() => app.close());

const long = 'a'.repeat(129);
const json = 'Content-Type: application/json';
const refusals: readonly (readonly [string, number, string, readonly string[], string])[] = [
  ['an address that is not there', 404, 'GET /nothing HTTP/1.1', [], ''],
  ['HEAD of an address that is not there', 404, 'HEAD /nothing HTTP/1.1', [], ''],
  ['a long address that is not there', 404, `GET /nothing/${long} HTTP/1.1`, [], ''],
  ['a method that no address has', 405, 'OPTIONS /things HTTP/1.1', [], ''],
  ['a new method with a body', 405, 'QUERY /things HTTP/1.1', ['Content-Length: 1'], 'a'],
  ['a proxy', 405, 'CONNECT 127.0.0.1:80 HTTP/1.1', [], ''],
  ['an escape that is none', 400, 'GET /% HTTP/1.1', [], ''],
  ['no HTTP', 400, 'nonsense', [], ''],
  ['another version', 400, 'GET / HTTP/1.2', [], ''],
  ['two framings', 400, 'POST /things HTTP/1.1', ['Content-Length: 1', 'Transfer-Encoding: chunked'], 'a'],
  ['a framing that is none', 400, 'POST /things HTTP/1.1', ['Transfer-Encoding: xchunked'], '0\r\n\r\nGET / HTTP/1.1'],
  ['a chunk that is none', 400, 'POST /things HTTP/1.1', [json, 'Transfer-Encoding: chunked'], 'zz\r\n'],
  ['an expectation', 400, 'POST /things HTTP/1.1', ['Expect: a miracle'], ''],
  ['another host', 421, 'GET /things/1 HTTP/1.1', ['Host: else.example'], ''],
  ['a large head', 431, 'GET /things/1 HTTP/1.1', [`X-Large: ${'a'.repeat(20_000)}`], ''],
  ['many headers', 431, 'GET /things/1 HTTP/1.1', Array.from({ length: 120 }, (_, n) => `x${n}: 1`), ''],
  ['a large body that is announced', 413, 'POST /things HTTP/1.1', [json, 'Content-Length: 65537'], ''],
  ['one that waits', 413, 'POST /things HTTP/1.1', [json, 'Content-Length: 65537', 'Expect: 100-continue'], ''],
  [
    'one that is not announced',
    413,
    'POST /things HTTP/1.1',
    [json, 'Transfer-Encoding: chunked'],
    `10001\r\n${'a'.repeat(65_537)}\r\n0\r\n\r\n`,
  ],
  ['a media type that is none', 415, 'POST /things HTTP/1.1', ['Content-Type: ;', 'Content-Length: 1'], 'a'],
  ['an encoding', 415, 'POST /things HTTP/1.1', [json, 'Content-Encoding: gzip', 'Content-Length: 1'], 'a'],
  ['what a route refuses', 403, 'GET /refused HTTP/1.1', [], ''],
  ['what a route fails at', 500, 'GET /failed HTTP/1.1', [], ''],
];

describe('an application', () => {
  it.each(refusals)('answers %s the one way: recorded, with every header', async (_, status, line, headers, body) => {
    const lines = [...headers, 'Connection: close'];
    const { answers, closed, invited } = await sendRaw(place, rawRequest(place, line, lines, body));
    expect({ answers: answers.length, closed }).toEqual({ answers: 1, closed: true });
    const [answer] = answers;
    expect(answer?.status).toBe(status);
    expect(answer?.headers).toMatchObject({ ...apiSecurityHeaders, 'content-type': 'application/json; charset=utf-8' });
    expect(invited).toBe(false);
    expect(events).toMatchObject([
      { kind: 'request-refused', outcome: 'refused', correlationId: answer?.headers['x-correlation-id'] },
    ]);
    if (!line.startsWith('HEAD')) expect(JSON.parse(answer?.text ?? '')).toMatchObject({ error_code: events[0]?.code });
  });

  it('answers in the dialect of the path, also what is no request', async () => {
    for (const [line, headers, body] of [
      ['GET /any/stet-psd2-api/nothing HTTP/1.1', [], ''],
      ['GET /any/stet-psd2-api/nothing HTTP/1.1', [`X-Large: ${'a'.repeat(20_000)}`], ''],
      ['GET /any/stet-psd2-api/nothing HTTP/1.1', ['X-A: a\0b'], ''],
      ['POST /any/stet-psd2-api/nothing HTTP/1.1', [json, 'Transfer-Encoding: chunked'], 'zz\r\n'],
      ['POST /any/stet-psd2-api/nothing HTTP/1.1', [json, 'Content-Length: 65537'], ''],
    ] as const) {
      const { answers } = await sendRaw(place, rawRequest(place, line, headers, body), 1);
      const given = JSON.parse(answers[0]?.text ?? '');
      expect(given).toMatchObject({ status: answers[0]?.status, path: '/any/stet-psd2-api/nothing' });
    }
  });

  it('finds a route whatever the length of its parameter', async () => {
    const { answers } = await sendRaw(place, rawRequest(place, `GET /things/${long} HTTP/1.1`), 1);
    expect(answers[0]).toMatchObject({ status: 200, text: JSON.stringify({ id: long }) });
  });

  it('asks for a body where it may read it', async () => {
    const lines = [json, 'Content-Length: 2', 'Expect: 100-continue'];
    const { answers, invited } = await sendRaw(place, rawRequest(place, 'POST /things HTTP/1.1', lines, '{}'), 1);
    expect([answers[0]?.status, invited]).toEqual([200, true]);
  });

  it('says nothing of whoever leaves in the middle of a body, and records nothing', async () => {
    log = '';
    for (const path of ['/things', '/nothing', '/refused']) {
      for (const framing of ['Content-Length: 60000', 'Transfer-Encoding: chunked']) {
        await leaveInTheMiddle(rawRequest(place, `POST ${path} HTTP/1.1`, [json, framing], 'ea60\r\naaaa'));
      }
    }
    await expect.poll(countConnections).toBe(0);
    expect(log).toBe('');
    expect(events).toEqual([]);
  });

  it('logs of a fault its reference', async () => {
    const { answers } = await sendRaw(place, rawRequest(place, 'GET /failed HTTP/1.1'), 1);
    expect(log).toContain(answers[0]?.headers['x-correlation-id']);
  });
});

/** Sends bytes and breaks off once they have arrived: another connection was answered afterwards. */
async function leaveInTheMiddle(bytes: string): Promise<void> {
  const { hostname: host, port } = new URL(place.url);
  const socket = connect({ host, port: Number(port) });
  socket.on('error', () => undefined);
  await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
  await sendRaw(place, rawRequest(place, 'GET /things/1 HTTP/1.1'), 1);
  socket.destroy();
}

function countConnections(): Promise<number> {
  return new Promise((resolve) => app.server.getConnections((_cause, count) => resolve(count)));
}
