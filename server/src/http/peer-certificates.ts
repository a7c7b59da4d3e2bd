import type { X509Certificate } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';

/** One more than may be presented, so that a longer path can be told from one that is not. */
const mostRead = 11;
const known = new WeakMap<Duplex, readonly Uint8Array[]>();

/**
 * The certificates that the peer presented in the TLS handshake, DER, end entity first, the first 11 of them; empty when it presented none.
 * The peer has proved possession of the first one's key; nothing else has been checked. Read once per connection: asking OpenSSL takes the
 * issuers away from it. Their octets alone are taken: Node's conversion of a certificate to an object has ended processes (decision 30).
 */
export function readPeerCertificates(socket: Duplex): readonly Uint8Array[] {
  const before = known.get(socket);
  if (before !== undefined) return before;
  const certificates = socket instanceof TLSSocket ? walk(socket.getPeerX509Certificate()) : [];
  known.set(socket, certificates);
  return certificates;
}

function walk(leaf: X509Certificate | undefined): readonly Uint8Array[] {
  const certificates: Uint8Array[] = [];
  for (
    let current = leaf;
    current !== undefined && certificates.length < mostRead;
    current = current.issuerCertificate
  ) {
    certificates.push(current.raw);
  }
  return certificates;
}
