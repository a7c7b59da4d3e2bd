import { once } from 'node:events';
import { createServer, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ReceivedListener, receiveRequest } from './receive-request.js';

let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
});

/** A listener whose turns begin when the test says so. */
async function open(next: ReceivedListener) {
  const waiting: (() => void)[] = [];
  const refused: string[] = [];
  const listener: RequestListener = (incoming, response) =>
    receiveRequest(incoming, response, {
      partyOf: () => 'party',
      turns: {
        take: (_party, start) => void waiting.push(start),
        noteRefusal: (party) => void refused.push(party),
        isBeside: () => false,
      },
      bounds: { enter: () => () => undefined, guard: () => undefined },
      hosts: new Set(['localhost']),
      clock: () => new Date(0),
      documentation: () => '',
      render: () => ({ status: 400, headers: {}, contentType: 'text/plain', body: 'refused' }),
      audit: { append: () => undefined },
      securityHeaders: {},
      next,
    });
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const send = (body = '', path = '/') =>
    request({
      port,
      host: '127.0.0.1',
      method: body === '' ? 'GET' : 'POST',
      path,
      headers: { host: 'localhost' },
    }).end(body);
  return { waiting, refused, send };
}

describe('receiveRequest', () => {
  it('takes a turn for the head, and another one once the body has come', async () => {
    const seen: string[] = [];
    const { waiting, send } = await open(({ response, body }) => {
      seen.push(Buffer.from(body as Uint8Array).toString());
      response.end();
    });
    const sent = send('a body');
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    waiting[0]?.();
    await vi.waitFor(() => expect(waiting).toHaveLength(2));
    expect(seen).toEqual([]);
    waiting[1]?.();
    await once(sent, 'response');
    expect(seen).toEqual(['a body']);
  });

  it('does nothing for whoever has left before the turn came', async () => {
    const next = vi.fn<ReceivedListener>();
    const { waiting, send } = await open(next);
    const sent = send();
    sent.on('error', () => undefined);
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    const connections = () =>
      new Promise<number>((resolve) => server?.getConnections((_cause, count) => resolve(count)));
    sent.destroy();
    await vi.waitFor(async () => expect(await connections()).toBe(0));
    waiting[0]?.();
    expect(next).not.toHaveBeenCalled();
  });

  it.each([
    [200, false],
    [302, false],
    [400, true],
    [404, true],
    [429, true],
    [499, true],
    [500, false],
    [503, false],
  ])('an answer %i counts as a refusal of the party: %s', async (status, counts) => {
    const { waiting, refused, send } = await open(({ response }) => response.writeHead(status).end());
    const sent = send();
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    waiting[0]?.();
    await once(sent, 'response');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(refused).toEqual(counts ? ['party'] : []);
  });

  it('a head that is refused early counts as a refusal of the party', async () => {
    const { waiting, refused, send } = await open(() => expect.unreachable());
    const sent = send('', '//nothing/../here');
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    waiting[0]?.();
    await once(sent, 'response');
    await vi.waitFor(() => expect(refused).toEqual(['party']));
  });
});
