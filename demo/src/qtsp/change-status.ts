import { DemoError } from '../demo-error.js';
import { withWorldLock } from '../world/with-world-lock.js';
import type { WorldPaths } from '../world/world-paths.js';
import { type IssuedEntry, readIssuedIndex, updateIssuedIndex } from './issued-index.js';

/** Which certificate: serial number in hexadecimal, or SHA-256 thumbprint in base64url or hexadecimal. */
export interface CertificateReference {
  readonly serialNumber?: string;
  readonly thumbprint?: string;
}

/** What becomes of a certificate. A revocation is for good; a hold can be released. */
export type StatusChange = 'revoke' | 'hold' | 'unhold';

/**
 * Revokes, holds or releases a certificate of the QTSP, at once; one that already is so stays so from when it was.
 * Throws DemoError when the QTSP has issued no such certificate, or it is revoked and should be held or released.
 */
export async function changeStatus(
  paths: WorldPaths,
  { reference, change }: { readonly reference: CertificateReference; readonly change: StatusChange },
  now: Date,
): Promise<IssuedEntry> {
  return withWorldLock(paths.lock, async () => {
    const entries = await readIssuedIndex(paths.issuedIndex);
    const at = entries.findIndex((entry) => matches(entry, reference));
    const entry = entries[at];
    if (entry === undefined) {
      throw new DemoError('the demo QTSP has issued no such certificate');
    }
    const changed = changes[change](entry, now.toISOString());
    if (changed !== entry) {
      await updateIssuedIndex(paths.issuedIndex, entries.with(at, changed));
    }
    return changed;
  });
}

const changes: Readonly<Record<StatusChange, (entry: IssuedEntry, now: string) => IssuedEntry>> = {
  revoke: (entry, now) => (entry.status === 'revoked' ? entry : { ...entry, status: 'revoked', revokedAt: now }),
  hold: (entry, now) => (notRevoked(entry).status === 'held' ? entry : { ...entry, status: 'held', revokedAt: now }),
  unhold: (entry) => {
    if (notRevoked(entry).status === 'good') return entry;
    const { revokedAt, ...released } = entry;
    return { ...released, status: 'good' };
  },
};

function notRevoked(entry: IssuedEntry): IssuedEntry {
  if (entry.status === 'revoked') {
    throw new DemoError('the certificate is revoked, which is for good');
  }
  return entry;
}

function matches(entry: IssuedEntry, { serialNumber, thumbprint }: CertificateReference): boolean {
  if (serialNumber !== undefined) {
    return entry.serialNumber === serialNumber.replaceAll(/[: ]/g, '').toLowerCase();
  }
  const hexadecimal = Buffer.from(entry.thumbprint, 'base64url').toString('hex');
  return thumbprint !== undefined && [entry.thumbprint, hexadecimal].includes(thumbprint);
}
