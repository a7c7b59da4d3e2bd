import { createPrivateKey, createPublicKey, type KeyObject, randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import type { Certificate } from '@postern/core/certificate/certificate.js';
import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import { parsePem, renderPem } from '@postern/core/issuance/pem.js';
import { renderSpki } from '@postern/core/issuance/public-key-octets.js';

/** A key of a sandbox authority with its certificate. */
export interface Credential {
  readonly certificate: Certificate;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Reads a credential: one PEM file with certificate and key, so that both change together. Rejects when they are no pair. */
export async function readCredential(file: string): Promise<Credential> {
  const text = await readFile(file, 'utf8');
  const der = parsePem(text, ['CERTIFICATE']);
  if (der === undefined) throw new Error(`${file} holds no certificate`);
  const certificate = parseCertificate(der);
  const privateKey = createPrivateKey(text);
  const publicKey = createPublicKey(privateKey);
  if (Buffer.compare(renderSpki(publicKey), certificate.publicKey.spki) !== 0)
    throw new Error(`${file}: the key is not that of the certificate`);
  return { certificate, privateKey, publicKey };
}

/** Writes a credential that only its owner can read; the file appears, or changes, as a whole and is on disk before this resolves. */
export async function writeCredential(file: string, certificate: Uint8Array, privateKey: KeyObject): Promise<void> {
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(renderPem('CERTIFICATE', certificate) + key);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}
