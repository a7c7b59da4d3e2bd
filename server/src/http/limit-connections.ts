import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { createHandshakeTurns, type HandshakeTurns } from './handshake-turns.js';
import { createOpenConnections, type OpenConnections } from './open-connections.js';
import { readProxiedAddress } from './read-proxied-address.js';
import { keepSource, readSource } from './read-source.js';
import { sourceOfAddress } from './source-of-address.js';

/** What one address may have of a listener; of IPv6 addresses, a network of 64 bits. */
export interface ConnectionLimits {
  readonly connectionsPerAddress: number;
  /** Begun and not over. */
  readonly handshakesPerAddress: number;
  readonly handshakesPerSecond: number;
  /** Addresses and networks that speak PROXY protocol version 2. */
  readonly proxies: readonly string[];
}

export const closingReasons = ['address', 'all', 'wait', 'proxy-header', 'pipelining', 'costly-handshake'] as const;
/** Why we closed a connection that its other end would have kept. */
export type ClosingReason = (typeof closingReasons)[number];

export interface LimitingOptions {
  readonly limits: ConnectionLimits;
  readonly clock: () => Date;
  readonly onClosed: (reason: ClosingReason) => void;
}

export interface LimitedConnections {
  /** Counts what a connection has cost as so many handshakes of its address: the next ones wait the longer. */
  charge(connection: Socket, handshakes: number): void;
}

/** A handshake that waits longer for its turn is not begun, milliseconds. */
const longestWait = 10_000;
/** A turn lasts no longer, milliseconds: whoever says nothing costs nothing, and keeps nobody of the same address waiting. */
const longestTurn = 250;
/** What is above a limit is left unread for so long before it is closed, milliseconds: whoever connects again at once does so that often. */
const heldMilliseconds = 1_000;
/** Of an address without handshakes under way: as many at once as within so many seconds. */
const burstSeconds = 2;

/**
 * Stands between the listener and its TLS. Each address has so many connections; its handshakes take turns and keep to a rate, and those
 * that wait are not read. A connection above the limit is closed without an answer, and not at once.
 */
export function limitConnections(server: Server, options: LimitingOptions): LimitedConnections {
  const { limits, clock, onClosed } = options;
  const place: Place = {
    server,
    next: server.listeners('connection') as Place['next'],
    open: createOpenConnections(limits.connectionsPerAddress),
    turns: createHandshakeTurns({
      atOnce: limits.handshakesPerAddress,
      rule: { name: 'handshakes', most: limits.handshakesPerSecond * burstSeconds, perSeconds: burstSeconds },
      clock,
    }),
    begun: new Map(),
    onClosed,
  };
  const readAddress = readProxiedAddress(limits.proxies);
  server.removeAllListeners('connection');
  server.on('connection', (connection: Socket) => {
    connection.on('error', () => undefined);
    readAddress(connection, (address) => {
      if (address !== undefined) enter(place, connection, sourceOfAddress(address));
      else if (!connection.destroyed) close(place, connection, 'proxy-header');
    });
  });
  server.on('secureConnection', (secured: TLSSocket) => {
    const begun = place.begun.get(endOf(secured));
    if (begun === undefined) return;
    keepSource(secured, begun.source);
    begun.endTurn();
  });
  server.on('drop', () => onClosed('all'));
  return { charge: (connection, handshakes) => place.turns.charge(readSource(connection), handshakes) };
}

interface Place {
  readonly server: Server;
  readonly next: readonly ((connection: Socket) => void)[];
  readonly open: OpenConnections;
  readonly turns: HandshakeTurns;
  /** By their other end: TLS does not tell on which connection it runs. */
  readonly begun: Map<string, { readonly source: string; readonly endTurn: () => void }>;
  readonly onClosed: (reason: ClosingReason) => void;
}

function enter(place: Place, connection: Socket, source: string): void {
  const { open, turns, begun } = place;
  const opened = open.enter(source);
  if (opened === undefined) {
    hold(place, connection, source);
    return;
  }
  keepSource(connection, source);
  const end = endOf(connection);
  connection.setTimeout(longestWait, () => close(place, connection, 'wait'));
  const endTurn = turns.enter(source, () => {
    // Where the listener closes meanwhile, nobody would look for what is late.
    if (!place.server.listening) {
      connection.destroy();
      return;
    }
    connection.setTimeout(0).removeAllListeners('timeout');
    setTimeout(() => endTurn(), longestTurn).unref();
    begun.set(end, { source, endTurn: () => endTurn() });
    for (const listener of place.next) listener.call(place.server, connection);
  });
  connection.once('close', () => {
    begun.delete(end);
    opened.leave();
    endTurn();
  });
}

function hold(place: Place, connection: Socket, source: string): void {
  const held = place.open.hold(source);
  if (held === undefined) {
    close(place, connection, 'address');
    return;
  }
  const timer = setTimeout(() => close(place, connection, 'address'), heldMilliseconds);
  connection.once('close', () => {
    clearTimeout(timer);
    held.leave();
  });
}

function close({ onClosed }: Place, connection: Socket, reason: ClosingReason): void {
  onClosed(reason);
  connection.resetAndDestroy();
}

function endOf({ remoteAddress, remotePort, localAddress, localPort }: Socket): string {
  return `${remoteAddress} ${remotePort} ${localAddress} ${localPort}`;
}
