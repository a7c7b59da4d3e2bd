import { join } from 'node:path';
import { createDirectoryAtomically } from '../world/create-directory-atomically.js';
import type { WorldPaths } from '../world/world-paths.js';
import { type Credential, readCredential } from '../x509/credential.js';
import { createQtsp } from './create-qtsp.js';
import { openOcspResponder } from './ocsp-responder.js';

/** The demo QTSP, opened. */
export interface Qtsp {
  readonly root: Credential;
  readonly issuing: Credential;
  readonly ocsp: Credential;
}

/** The CAs that sign a certificate: the QTSP's own or an impostor's. */
export type Issuers = Pick<Qtsp, 'root' | 'issuing'>;

/** Opens the QTSP, creating what is missing. To be called under the world's lock. */
export async function openQtsp(paths: WorldPaths, url: string, now: Date): Promise<Qtsp> {
  await createDirectoryAtomically(paths.qtsp, () => createQtsp(url, now));
  const issuers = await readIssuers(paths.qtsp);
  return { ...issuers, ocsp: await openOcspResponder(paths.qtsp, issuers.issuing, now) };
}

/** Opens the CAs that bear the QTSP's names without being it, creating them at first use. To be called under the lock. */
export async function openImpostor(paths: WorldPaths, url: string, now: Date): Promise<Issuers> {
  await createDirectoryAtomically(paths.impostor, () => createQtsp(url, now));
  return readIssuers(paths.impostor);
}

async function readIssuers(directory: string): Promise<Issuers> {
  const [root, issuing] = await Promise.all([
    readCredential(join(directory, 'root')),
    readCredential(join(directory, 'issuing')),
  ]);
  return { root, issuing };
}
