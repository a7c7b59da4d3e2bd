// Run by itself in a child process: one TLS connection within it, both ends of which send what has ended processes (decision 30).
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { distinguishedName } from '@postern/core/issuance/distinguished-name.js';
import * as extensions from '@postern/core/issuance/extensions.js';
import { renderPem } from '@postern/core/issuance/pem.js';
import { type CertificateRecipe, signCertificate } from '@postern/core/issuance/sign-certificate.js';
import { readPeerCertificates } from '../http/peer-certificates.js';

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const authority = keysOn('P-256');
/** Somebody's own key, under the authority's name and key identifier. */
const lookAlike = keysOn('brainpoolP256r1');
const end = keysOn('P-256');
const authorityName = distinguishedName({ commonName: 'Any CA' });
const identified = [extensions.caConstraints(), extensions.subjectKeyIdentifier(authority.publicKey)];
const named = [
  extensions.authorityKeyIdentifier(authority.publicKey),
  extensions.alternativeNames({ dns: ['localhost'] }),
];

const trusted = certificate(authorityName, { keys: authority, by: authority, more: identified });
const alike = certificate(authorityName, { keys: lookAlike, by: lookAlike, more: identified });
const serverLeaf = certificate(distinguishedName({ commonName: 'server' }), { keys: end, by: authority, more: named });
const clientLeaf = certificate(distinguishedName({ commonName: 'client' }), { keys: end, by: lookAlike, more: named });
const key = end.privateKey.export({ type: 'pkcs8', format: 'pem' });

const server = createServer(
  { key, cert: serverLeaf + alike, requestCert: true, rejectUnauthorized: false },
  (incoming) => {
    const read = readPeerCertificates(incoming).length;
    incoming.end(String(read));
  },
);
server.listen(0, 'localhost', () => {
  const { port } = server.address() as AddressInfo;
  const outgoing = connect({
    ...{ host: 'localhost', port, servername: 'localhost', ca: trusted },
    ...{ cert: clientLeaf + alike, key },
  });
  // Both ends have looked at the other's certificates once this has come.
  outgoing.once('data', (read) => process.exit(String(read) === '2' ? 0 : 1));
});

function keysOn(namedCurve: string): KeyPair {
  return generateKeyPairSync('ec', { namedCurve });
}

function certificate(
  subject: Uint8Array,
  { keys, by, more }: { keys: KeyPair; by: KeyPair; more: CertificateRecipe['extensions'] },
): string {
  const now = Date.now();
  const recipe = {
    ...{ issuer: authorityName, subject, publicKey: keys.publicKey, extensions: more },
    serialNumber: Uint8Array.of(1),
    notBefore: new Date(now - 86_400_000),
    notAfter: new Date(now + 86_400_000),
  };
  return renderPem('CERTIFICATE', signCertificate(recipe, by.privateKey));
}
