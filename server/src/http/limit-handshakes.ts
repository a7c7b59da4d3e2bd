import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';

/**
 * The most octets that a client may send until its handshake is over: 12 KiB for five certificates of RSA 4096 and the rest of the
 * handshake, 16 KiB because a record of the first request that is not whole yet cannot be told from it.
 */
export const mostHandshakeOctets = 28_672;

/** A handshake that is over, or that its client has left. */
export interface EndedHandshake {
  /** What the client sent until then. */
  readonly octets: number;
  /** The TLS connection; undefined where none came of it, or it took more than it may and is gone. */
  readonly secured: TLSSocket | undefined;
}

export type OnHandshakeEnded = (connection: Socket, handshake: EndedHandshake) => void;

/** What is done with a request waits until it is known that the handshake of its connection was not too long. */
export type AfterHandshake = (connection: Duplex, then: () => void) => void;

/**
 * Destroys connections whose handshake took more than `mostHandshakeOctets`, and tells of every handshake what its client sent. OpenSSL has
 * verified the client's path by then, also that of a client that leaves just before the end, and Node has no bound for that: whoever counts
 * by address learns of it.
 */
export function limitHandshakes(server: Server, onEnded: OnHandshakeEnded): AfterHandshake {
  const connections = new Map<string, Socket>();
  const unsettled = new WeakSet<Duplex>();
  const finished = new WeakSet<Socket>();
  server.prependListener('connection', (connection: Socket) => {
    const end = endOf(connection);
    connections.set(end, connection);
    connection.once('close', () => {
      connections.delete(end);
      if (!finished.has(connection)) onEnded(connection, { octets: connection.bytesRead, secured: undefined });
    });
  });
  server.on('secureConnection', (secured: TLSSocket) => {
    const connection = connections.get(endOf(secured));
    if (connection === undefined) return;
    finished.add(connection);
    const isLong = connection.bytesRead > mostHandshakeOctets;
    if (isLong) unsettled.add(secured);
    // What was read ahead of the first request is deciphered by then, and is no part of the handshake.
    setImmediate(() => {
      unsettled.delete(secured);
      const octets = connection.bytesRead - secured.bytesRead;
      const isCostly = octets > mostHandshakeOctets;
      if (isCostly) secured.destroy();
      onEnded(connection, { octets, secured: isCostly ? undefined : secured });
    });
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
