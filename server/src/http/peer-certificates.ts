import type { Duplex } from 'node:stream';
import { type DetailedPeerCertificate, TLSSocket } from 'node:tls';

const mostCertificates = 10;
const known = new WeakMap<Duplex, readonly Uint8Array[]>();

/**
 * The certificates that the peer presented in the TLS handshake, DER, end entity first; empty when it presented none.
 * The peer has proved possession of the first one's key; nothing else has been checked. Read once per connection.
 */
export function readPeerCertificates(socket: Duplex): readonly Uint8Array[] {
  const before = known.get(socket);
  if (before !== undefined) return before;
  const certificates = socket instanceof TLSSocket ? walk(socket.getPeerCertificate(true)) : [];
  known.set(socket, certificates);
  return certificates;
}

function walk(leaf: DetailedPeerCertificate): readonly Uint8Array[] {
  const certificates: Uint8Array[] = [];
  let current: DetailedPeerCertificate | undefined = leaf;
  while (current?.raw !== undefined && certificates.length < mostCertificates) {
    certificates.push(current.raw);
    if (current.issuerCertificate === current) break;
    current = current.issuerCertificate;
  }
  return certificates;
}
