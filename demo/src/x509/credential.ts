import type { Certificate } from '@postern/core/certificate/certificate.js';
import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import { parsePem } from '@postern/core/issuance/pem.js';
import { renderSpki } from '@postern/core/issuance/public-key-octets.js';
import { DemoError } from '../demo-error.js';
import { daysFrom } from '../world/instants.js';
import { readWorldFile } from '../world/read-world-file.js';
import { type KeyPair, parsePrivateKey } from './key-pair.js';

const RENEWAL_DAYS = 30;

/** A certificate of the world itself with its private key. */
export interface Credential extends KeyPair {
  readonly certificate: Certificate;
}

/** Reads `NAME.pem` and `NAME-key.pem`, given the path without ending; throws DemoError when one is missing or unreadable. */
export async function readCredential(path: string): Promise<Credential> {
  const [certificate, key] = await Promise.all([
    readCertificateFile(`${path}.pem`),
    readWorldFile(`${path}-key.pem`).then(parsePrivateKey),
  ]);
  return { ...key, certificate };
}

/** Whether key and certificate belong together and the certificate still lasts 30 days; otherwise it is to be renewed. */
export function isLasting({ certificate, publicKey }: Credential, now: Date): boolean {
  const isPair = Buffer.compare(renderSpki(publicKey), certificate.publicKey.spki) === 0;
  return isPair && certificate.notAfter > daysFrom(now, RENEWAL_DAYS);
}

/** The first certificate of a PEM file. */
export async function readCertificateFile(path: string): Promise<Certificate> {
  const der = parsePem(await readWorldFile(path), ['CERTIFICATE']);
  if (der === undefined) {
    throw new DemoError(`${path} holds no certificate`);
  }
  return parseCertificate(der);
}
