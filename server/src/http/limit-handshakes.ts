import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';

/**
 * The most octets that a client may send until its handshake is over: 12 KiB for five certificates of RSA 4096 and the rest of the
 * handshake, 16 KiB because a record of the first request that is not whole yet cannot be told from it.
 */
export const mostHandshakeOctets = 28_672;

/** Told the connection and how many octets its handshake took, once that was more than the most; the connection is gone then. */
export type OnCostlyHandshake = (connection: Socket, octets: number) => void;

/** What is done with a request waits until it is known that the handshake of its connection was not too long. */
export type AfterHandshake = (connection: Duplex, then: () => void) => void;

/**
 * Destroys connections whose handshake took more than `mostHandshakeOctets`. OpenSSL has verified the client's path by then, and Node
 * has no bound for that: reading the certificates would cost as much again, and whoever counts by address learns of it.
 */
export function limitHandshakes(server: Server, onCostly: OnCostlyHandshake): AfterHandshake {
  const connections = new Map<string, Socket>();
  const unsettled = new WeakSet<Duplex>();
  server.prependListener('connection', (connection: Socket) => {
    const end = endOf(connection);
    connections.set(end, connection);
    connection.once('close', () => connections.delete(end));
  });
  server.on('secureConnection', (secured: TLSSocket) => {
    const connection = connections.get(endOf(secured));
    if (connection === undefined || connection.bytesRead <= mostHandshakeOctets) return;
    unsettled.add(secured);
    // What was read ahead of the first request is deciphered by then, and is no part of the handshake.
    setImmediate(() => {
      unsettled.delete(secured);
      const octets = connection.bytesRead - secured.bytesRead;
      if (octets <= mostHandshakeOctets) return;
      secured.destroy();
      onCostly(connection, octets);
    });
  });
  server.on('tlsClientError', (_cause, secured: TLSSocket) => {
    const connection = connections.get(endOf(secured));
    if (connection !== undefined && connection.bytesRead > mostHandshakeOctets) {
      onCostly(connection, connection.bytesRead);
    }
  });
  return (connection, then) => {
    if (!unsettled.has(connection)) then();
    else
      setImmediate(() => {
        if (!connection.destroyed) then();
      });
  };
}

function endOf({ remoteAddress, remotePort, localPort }: Socket): string {
  return `${remoteAddress} ${remotePort} ${localPort}`;
}
