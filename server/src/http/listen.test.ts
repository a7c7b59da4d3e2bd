import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createServerFactory, type ListenerOptions } from './listen.js';
import type { ReceivedListener } from './receive-request.js';

const nothing = () => undefined;
let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

function open(next: ReceivedListener, onClosed: ListenerOptions['onClosed'] = nothing): Server {
  const options: ListenerOptions = {
    tls: undefined,
    requestCertificate: false,
    limits: undefined,
    onClosed,
    hosts: new Set(['h']),
    partyOf: () => 'p',
    turns: { take: (_party, start) => start(), noteRefusal: nothing, isBeside: () => false },
    bounds: { enter: () => nothing, guard: nothing },
    clock: () => new Date(0),
    documentation: () => '',
    audit: { append: nothing },
    securityHeaders: {},
    render: () => ({ status: 400, headers: {}, contentType: 'text/plain', body: 'unreadable' }),
  };
  server = createServerFactory(options)(next);
  return server;
}

describe('a listener', () => {
  it('bounds connections and every wait', () => {
    expect(open(nothing)).toMatchObject({
      maxConnections: 4_096,
      timeout: 60_000,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 5_000,
      maxHeadersCount: 0,
    });
  });

  it('without TLS takes no long-lived connection for a costly handshake', async () => {
    const closed: string[] = [];
    open(
      ({ response }) => response.end('ok'),
      (reason) => void closed.push(reason),
    ).listen(0, '127.0.0.1');
    if (server === undefined) throw new Error('there is no server');
    await once(server, 'listening');
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const request = `GET /a HTTP/1.1\r\nHost: h\r\nX-Filler: ${'x'.repeat(12_000)}\r\n\r\n`;
    for (let times = 0; times < 3; times += 1) {
      socket.write(request);
      await once(socket, 'data');
    }
    const [ended] = [once(socket, 'close')];
    socket.end();
    await ended;
    await new Promise(setImmediate);
    expect(closed).toEqual([]);
  });

  it('S37: answers garbage never in the place of a whole request that came before it', async () => {
    let answer: () => void = nothing;
    const asked = new Promise<void>((resolve) => {
      open(({ response }) => {
        answer = () => response.end('late');
        resolve();
      }).listen(0, '127.0.0.1');
    });
    if (server === undefined) throw new Error('there is no server');
    await once(server, 'listening');
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const closed = once(socket, 'close');
    let received = '';
    socket.on('data', (chunk) => {
      received += String(chunk);
    });
    socket.write('GET /a HTTP/1.1\r\nHost: h\r\n\r\nGARBAGE\0\r\n\r\n');
    await asked;
    await new Promise((resolve) => setTimeout(resolve, 50));
    answer();
    await closed;
    expect(received).not.toContain('HTTP/1.1 400');
  });
});
