import { existsSync } from 'node:fs';
import { readWorldJson } from '../world/read-world-file.js';
import { writeFileAtomically } from '../world/write-file-atomically.js';
import type { DefectName } from './defects.js';
import type { CertificateKind } from './parse-order.js';

/** One certificate that the QTSP issued. */
export interface IssuedEntry {
  /** Lower-case hexadecimal. */
  readonly serialNumber: string;
  /** SHA-256 of the DER, base64url. */
  readonly thumbprint: string;
  readonly kind: CertificateKind;
  /** Who issued it; the first QTSP where nothing is said. */
  readonly qtsp?: 'second';
  readonly organizationIdentifier: string;
  readonly defect?: DefectName;
  readonly issuedAt: string;
  readonly notAfter: string;
  readonly status: 'good' | 'revoked' | 'held';
  /** Since when it is revoked or held. */
  readonly revokedAt?: string;
}

/** The QTSP's record of what it issued. */
export async function readIssuedIndex(path: string): Promise<readonly IssuedEntry[]> {
  return existsSync(path) ? ((await readWorldJson(path)) as readonly IssuedEntry[]) : [];
}

/** Replaces the record; to be called under the world's lock. */
export async function updateIssuedIndex(path: string, entries: readonly IssuedEntry[]): Promise<void> {
  const lines = entries.map((entry) => JSON.stringify(entry));
  await writeFileAtomically(path, `[\n${lines.join(',\n')}\n]\n`);
}
