import { DemoError } from '../demo-error.js';
import { withWorldLock } from '../world/with-world-lock.js';
import type { WorldPaths } from '../world/world-paths.js';
import { type IssuedEntry, readIssuedIndex, updateIssuedIndex } from './issued-index.js';

/** Which certificate: serial number in hexadecimal, or SHA-256 thumbprint in base64url or hexadecimal. */
export interface CertificateReference {
  readonly serialNumber?: string;
  readonly thumbprint?: string;
}

/**
 * Revokes a certificate of the QTSP, at once and for good; one that already is stays revoked from when it was.
 * Throws DemoError when the QTSP has issued no such certificate.
 */
export async function revokeCertificate(
  paths: WorldPaths,
  reference: CertificateReference,
  now: Date,
): Promise<IssuedEntry> {
  return withWorldLock(paths.lock, async () => {
    const entries = await readIssuedIndex(paths.issuedIndex);
    const at = entries.findIndex((entry) => matches(entry, reference));
    const entry = entries[at];
    if (entry === undefined) {
      throw new DemoError('the demo QTSP has issued no such certificate');
    }
    if (entry.status === 'revoked') {
      return entry;
    }
    const revoked: IssuedEntry = { ...entry, status: 'revoked', revokedAt: now.toISOString() };
    await updateIssuedIndex(paths.issuedIndex, entries.with(at, revoked));
    return revoked;
  });
}

function matches(entry: IssuedEntry, { serialNumber, thumbprint }: CertificateReference): boolean {
  if (serialNumber !== undefined) {
    return entry.serialNumber === serialNumber.replaceAll(/[: ]/g, '').toLowerCase();
  }
  const hexadecimal = Buffer.from(entry.thumbprint, 'base64url').toString('hex');
  return thumbprint !== undefined && [entry.thumbprint, hexadecimal].includes(thumbprint);
}
