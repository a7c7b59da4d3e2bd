import { createHash, X509Certificate } from 'node:crypto';

const block = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** The certificates of a PEM text in their order, as DER; throws when there is none. */
export function readPemCertificates(pem: string): readonly Buffer[] {
  const found = pem.match(block);
  if (found === null) throw new TypeError('there is no certificate in this PEM text');
  return found.map((text) => new X509Certificate(text).raw);
}

/** The x5t#S256 (RFC 7517, 4.9) of a certificate: the kid that the bank gives its key. */
export function thumbprintOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('base64url');
}
