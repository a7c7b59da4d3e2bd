import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { readPeerCertificates } from './peer-certificates.js';

const known = new WeakMap<Duplex, string>();

/** The `x5t#S256` of the certificate that the peer presented; undefined when it presented none. Computed once per connection. */
export function thumbprintOfPeer(socket: Duplex): string | undefined {
  const before = known.get(socket);
  if (before !== undefined) return before;
  const leaf = readPeerCertificates(socket)[0];
  if (leaf === undefined) return undefined;
  const thumbprint = createHash('sha256').update(leaf).digest('base64url');
  known.set(socket, thumbprint);
  return thumbprint;
}
