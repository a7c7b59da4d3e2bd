import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { explicit, ia5String, implicit, sequence, tlv } from '@postern/core/asn1/der-writer.js';
import { oid } from '@postern/core/certificate/object-identifiers.js';
import { distinguishedName } from '@postern/core/issuance/distinguished-name.js';
import {
  alternativeNames,
  authorityKeyIdentifier,
  caConstraints,
  extendedKeyUsage,
  extension,
  keyUsage,
  subjectKeyIdentifier,
} from '@postern/core/issuance/extensions.js';
import { renderPem } from '@postern/core/issuance/pem.js';
import { createDirectoryAtomically, type NewFile } from '../world/create-directory-atomically.js';
import { daysFrom } from '../world/instants.js';
import type { WorldPaths } from '../world/world-paths.js';
import { writeFileAtomically } from '../world/write-file-atomically.js';
import { type Credential, isLasting, readCredential } from '../x509/credential.js';
import { generateKeyPair, type KeyPair, renderPrivateKey } from '../x509/key-pair.js';
import { signCertificate } from '../x509/sign-certificate.js';

const IPV4_LOOPBACK = [127, 0, 0, 1];
const IPV6_LOOPBACK = [...Array<number>(15).fill(0), 1];

/** Makes the bank's TLS certificate for localhost, and the CA of it, when absent or about to end. Under the world's lock. */
export async function openTls(paths: WorldPaths, now: Date): Promise<void> {
  await createDirectoryAtomically(paths.tls, () => createCa(now));
  const server = join(paths.tls, 'server');
  if (existsSync(`${server}.pem`) && isLasting(await readCredential(server), now)) {
    return;
  }
  const ca = await readCredential(join(paths.tls, 'ca'));
  const key = await generateKeyPair('ec');
  await writeFileAtomically(`${server}-key.pem`, renderPrivateKey(key), 0o600);
  const leaf = renderPem('CERTIFICATE', serverCertificate(key, ca, now));
  await writeFileAtomically(`${server}.pem`, leaf + (await readFile(join(paths.tls, 'ca.pem'), 'utf8')));
}

async function createCa(now: Date): Promise<readonly NewFile[]> {
  const key = await generateKeyPair('ec');
  const name = distinguishedName({
    organizationName: 'Postern Demo',
    commonName: 'Postern Demo TLS CA (localhost only)',
  });
  const recipe = {
    issuer: name,
    subject: name,
    publicKey: key.publicKey,
    notBefore: daysFrom(now, -1),
    notAfter: daysFrom(now, 15 * 365),
    extensions: [caConstraints(0), keyUsage('keyCertSign'), subjectKeyIdentifier(key.publicKey), localhostOnly()],
  };
  return [
    { name: 'ca-key.pem', content: renderPrivateKey(key), secret: true },
    { name: 'ca.pem', content: renderPem('CERTIFICATE', signCertificate(recipe, key.privateKey)) },
  ];
}

function serverCertificate(key: KeyPair, ca: Credential, now: Date): Uint8Array {
  const recipe = {
    issuer: ca.certificate.subject.der,
    subject: distinguishedName({ organizationName: 'Postern Demo', commonName: 'localhost' }),
    publicKey: key.publicKey,
    notBefore: daysFrom(now, -1),
    notAfter: daysFrom(now, 365),
    extensions: [
      keyUsage('digitalSignature'),
      extendedKeyUsage(oid.serverAuth),
      subjectKeyIdentifier(key.publicKey),
      authorityKeyIdentifier(ca.publicKey),
      alternativeNames({ dns: ['localhost'], ip: [Uint8Array.from(IPV4_LOOPBACK), Uint8Array.from(IPV6_LOOPBACK)] }),
    ],
  };
  return signCertificate(recipe, ca.privateKey);
}

/**
 * Name constraints (RFC 5280 clause 4.2.1.10): whoever trusts this CA in a browser trusts it for this machine alone,
 * although its key lies unprotected on the disk.
 */
function localhostOnly(): Uint8Array {
  const names = [
    implicit(2, ia5String('localhost')),
    tlv(0x87, Uint8Array.from([...IPV4_LOOPBACK, 255, 255, 255, 255])),
    tlv(0x87, Uint8Array.from([...IPV6_LOOPBACK, ...Array<number>(16).fill(255)])),
  ];
  const permitted = explicit(0, ...names.map((name) => sequence(name)));
  return extension(oid.nameConstraints, sequence(permitted), true);
}
