import { join } from 'node:path';
import { createDirectoryAtomically } from '../world/create-directory-atomically.js';
import type { WorldPaths } from '../world/world-paths.js';
import { type Credential, readCredential } from '../x509/credential.js';
import { createQtsp } from './create-qtsp.js';
import { openOcspResponder } from './ocsp-responder.js';
import { type QtspIdentity, type QtspName, qtspIdentities } from './qtsp-identity.js';

/** A demo QTSP, opened. */
export interface Qtsp {
  readonly identity: QtspIdentity;
  readonly root: Credential;
  readonly issuing: Credential;
  readonly ocsp: Credential;
}

/** The CAs that sign a certificate: a QTSP's own or an impostor's. */
export type Issuers = Pick<Qtsp, 'root' | 'issuing'>;

/** Opens a QTSP, creating what is missing. To be called under the world's lock. */
export async function openQtsp(
  from: { readonly name: QtspName; readonly paths: WorldPaths; readonly url: string },
  now: Date,
): Promise<Qtsp> {
  const identity = qtspIdentities[from.name];
  const directory = from.name === 'first' ? from.paths.qtsp : from.paths.secondQtsp;
  await createDirectoryAtomically(directory, () => createQtsp(identity, from.url, now));
  const issuers = await readIssuers(directory);
  const responder = { directory, issuing: issuers.issuing, organizationName: identity.organizationName };
  return { identity, ...issuers, ocsp: await openOcspResponder(responder, now) };
}

/** Opens the CAs that bear the first QTSP's names without being it, creating them at first use. To be called under the lock. */
export async function openImpostor(paths: WorldPaths, url: string, now: Date): Promise<Issuers> {
  await createDirectoryAtomically(paths.impostor, () => createQtsp(qtspIdentities.first, url, now));
  return readIssuers(paths.impostor);
}

async function readIssuers(directory: string): Promise<Issuers> {
  const [root, issuing] = await Promise.all([
    readCredential(join(directory, 'root')),
    readCredential(join(directory, 'issuing')),
  ]);
  return { root, issuing };
}
