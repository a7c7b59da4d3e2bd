import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { createRecentMap } from '../recent-map.js';
import { readPeerCertificates } from './peer-certificates.js';
import { readSource } from './read-source.js';

/** Tells whose connection it is, to share the process between parties. */
export interface Parties {
  /** From now on, connections with this certificate (`x5t#S256`) are those of the organisation. */
  note(thumbprint: string, organizationIdentifier: string): void;
  /** The organisation whose qualified certificate the connection presented, or else its address. */
  of(socket: Socket): string;
}

const mostCertificates = 20_000;

/** Makes the memory of which certificates were found to be qualified. It decides nothing but the order in which requests are looked at. */
export function createParties(): Parties {
  const organizations = createRecentMap<string>(mostCertificates);
  const connections = new WeakMap<Socket, { readonly thumbprint: string | undefined; readonly source: string }>();
  const look = (socket: Socket) => {
    const leaf = readPeerCertificates(socket)[0];
    const thumbprint = leaf === undefined ? undefined : createHash('sha256').update(leaf).digest('base64url');
    const looked = { thumbprint, source: readSource(socket) };
    connections.set(socket, looked);
    return looked;
  };
  return {
    note: (thumbprint, organizationIdentifier) => organizations.set(thumbprint, organizationIdentifier),
    of: (socket) => {
      const { thumbprint, source } = connections.get(socket) ?? look(socket);
      return (thumbprint === undefined ? undefined : organizations.get(thumbprint)) ?? source;
    },
  };
}
