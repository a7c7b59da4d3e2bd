import { once } from 'node:events';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sendOverTls } from '../material/send-over-tls.js';
import { rawRequest, sendRaw } from '../material/send-raw.js';
import { type RunningBank, startBank } from '../material/start-bank.js';

const perAddress = 12;
const proxy = '127.0.0.9';
const check = '/demo-bank/certificate-check';
/** Of a request without a certificate. */
const answered = 401;

let bank: RunningBank;
let port: number;
let sockets: Socket[] = [];

beforeAll(async () => {
  const limits = {
    connectionsPerAddress: perAddress,
    handshakesPerAddress: 2,
    proxyProtocol: { from: [`${proxy}/32`] },
  };
  bank = await startBank({ change: (config) => ({ ...config, limits: { ...config.limits, ...limits } }) });
  port = Number(new URL(bank.addresses.api).port);
});

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
});

afterAll(() => bank?.stop());

/** A connection from a source that has said nothing yet. */
function openPlain(from: string): Socket {
  const socket = connectPlain({ port, host: '127.0.0.1', localAddress: from });
  socket.on('error', () => undefined);
  sockets.push(socket);
  return socket;
}

/** A handshake on a connection, and what comes of it. From now on TLS alone ends the connection: Node does not bear that it goes from under it. */
function secure(socket: Socket): { readonly secured: TLSSocket; readonly end: Promise<'secured' | 'closed'> } {
  const secured = connectTls({ socket, ca: bank.ca, servername: 'localhost', ALPNProtocols: ['http/1.1'] });
  secured.on('error', () => undefined);
  sockets = sockets.filter((each) => each !== socket);
  sockets.push(secured);
  const end = new Promise<'secured' | 'closed'>((resolve) => {
    secured.once('secureConnect', () => resolve('secured')).once('close', () => resolve('closed'));
  });
  return { secured, end };
}

async function openSecured(from: string): Promise<TLSSocket> {
  const { secured, end } = secure(openPlain(from));
  if ((await end) === 'closed') throw new Error(`the connection of ${from} was closed`);
  return secured;
}

/** The status that somebody at an address is answered with. */
async function statusFor(from: string): Promise<number> {
  return (await sendOverTls({ method: 'GET', url: `${bank.addresses.api}${check}`, ca: bank.ca, from })).status;
}

describe('handshakes of one address', () => {
  it('D1: take turns, and those of others do not wait for them', async () => {
    const stalled = Array.from({ length: 6 }, () => openPlain('127.0.0.2'));
    await Promise.all(stalled.map((socket) => once(socket, 'connect')));
    let begun = false;
    const waiting = secure(openPlain('127.0.0.2')).end.then((end) => {
      begun = true;
      return end;
    });
    expect(await statusFor('127.0.0.3')).toBe(answered);
    expect(begun).toBe(false);
    // Whoever says nothing has had its turn, and keeps nobody waiting for as long as it stays.
    expect(await waiting).toBe('secured');
    expect(stalled.some(({ destroyed }) => destroyed)).toBe(false);
  });
});

describe('connections of one address', () => {
  it('D3: are so many and no more, whether or not they say anything, and others are answered', async () => {
    for (let count = 0; count < perAddress; count += 1) await openSecured('127.0.0.4');
    expect(await secure(openPlain('127.0.0.4')).end).toBe('closed');
    expect(await statusFor('127.0.0.5')).toBe(answered);
  });

  it('D2: with bodies that never end, answers that are never read, and heads that never end take no more than that', async () => {
    const begin = [
      `POST /demo-bank/oauth2/token HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 60000\r\n\r\n`,
      'GET / HT',
    ];
    for (let count = 0; count < perAddress; count += 1) {
      const secured = await openSecured('127.0.0.6');
      secured.pause().write(begin[count % begin.length] ?? '');
    }
    expect(await secure(openPlain('127.0.0.6')).end).toBe('closed');
    expect(await statusFor('127.0.0.7')).toBe(answered);
  });

  it('frees the place of a connection that ends', async () => {
    const opened: TLSSocket[] = [];
    for (let count = 0; count < perAddress; count += 1) opened.push(await openSecured('127.0.0.8'));
    opened[0]?.end();
    if (opened[0] !== undefined) await once(opened[0], 'close');
    expect(await statusFor('127.0.0.8')).toBe(answered);
  });

  it('answers a few requests that are sent together, and ends a connection of many', async () => {
    const place = { url: bank.addresses.api, ca: bank.ca };
    const one = rawRequest(place, `GET ${check} HTTP/1.1`);
    const few = await sendRaw(place, one.repeat(8), 8);
    expect(few.answers.map(({ status }) => status)).toEqual(new Array(8).fill(answered));
    const many = await sendRaw(place, one.repeat(300));
    expect(many.closed).toBe(true);
    expect(many.answers.length).toBeLessThanOrEqual(8);
  });
});

describe('PROXY protocol', () => {
  const signature = '0d0a0d0a000d0a515549540a';
  const header = (source: string) => {
    const octets = Buffer.from(`${signature}2111000c000000007f000001d90301bb`, 'hex');
    octets.set(source.split('.').map(Number), 16);
    return octets;
  };
  const local = Buffer.from(`${signature}20000000`, 'hex');

  /** A handshake behind these octets. */
  function enter(from: string, first: Uint8Array | string): ReturnType<typeof secure> {
    const socket = openPlain(from);
    socket.write(first);
    return secure(socket);
  }

  it('P10, P4: is required of a load balancer, and whom it names is counted', async () => {
    for (let count = 0; count < perAddress; count += 1)
      expect(await enter(proxy, header('192.0.2.1')).end).toBe('secured');
    expect(await enter(proxy, header('192.0.2.1')).end).toBe('closed');
    const { secured } = enter(proxy, header('192.0.2.2'));
    secured.write(rawRequest({ url: bank.addresses.api }, `GET ${check} HTTP/1.1`));
    expect(String(await once(secured, 'data'))).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('P10: lets a load balancer speak for itself', async () => {
    expect(await enter(proxy, local).end).toBe('secured');
  });

  it('P10: takes a header that comes in parts', async () => {
    const socket = openPlain(proxy).setNoDelay(true);
    await once(socket, 'connect');
    for (const octet of header('192.0.2.3'))
      await new Promise<void>((sent) => socket.write(Buffer.of(octet), () => sent()));
    expect(await secure(socket).end).toBe('secured');
  });

  it.each([
    ['no header', ''],
    ['version 1', 'PROXY TCP4 192.0.2.1 127.0.0.1 1 443\r\n'],
    ['version 3', Buffer.from(`${signature}3111000c00000000000000000000000000`, 'hex')],
    ['no family', Buffer.from(`${signature}21000000`, 'hex')],
    ['two headers', Buffer.concat([header('192.0.2.1'), header('192.0.2.2')])],
  ])('P10: closes a connection of a load balancer with %s', async (_title, first) => {
    expect(await enter(proxy, first).end).toBe('closed');
  });

  it('P10: never interprets what anybody else sends', async () => {
    expect(await enter('127.0.0.10', header('192.0.2.9')).end).toBe('closed');
    expect(await enter('127.0.0.10', local).end).toBe('closed');
    expect(await enter('127.0.0.10', 'PROXY TCP4 192.0.2.1 127.0.0.1 1 443\r\n').end).toBe('closed');
  });
});
