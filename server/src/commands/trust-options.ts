import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isForTestsOnly } from '@postern/core/certificate/is-for-tests-only.js';
import { parseCertificateText } from '@postern/core/certificate/parse-certificate-text.js';
import { type Config, ConfigError } from '../config.js';
import {
  type ApprovedSet,
  approvalsFile,
  chooseSigners,
  parseApprovals,
  type SignerSet,
} from '../trust/signer-approvals.js';
import type { TrustStoreOptions } from '../trust/trust-store.js';

/** What the configuration says about trust, its files read; the rest of the options is for the caller. */
export function readTrustOptions(
  config: Config,
): Omit<TrustStoreOptions, 'fetch' | 'clock'> & { readonly fetchesLists: boolean } {
  const { lotl, refreshSeconds, fetch: fetchesLists, pinnedAnchors } = config.trust;
  const signers = chooseSigners(readConfiguredSigners(config), readApprovals(config), lotl.approvals);
  return {
    lotlUrl: lotl.url,
    lotlSigners: signers.certificates,
    officialJournal: signers.officialJournal,
    signersWaiting: signers.waiting,
    pinnedAnchors: pinnedAnchors.map(({ file, use, expires }) => {
      return { certificates: readCertificates(file), use, expires: new Date(`${expires}T00:00:00Z`) };
    }),
    refreshSeconds,
    cacheDirectory: config.cacheDirectory,
    fetchesLists,
  };
}

/** The signers of the list of lists that the configuration names, whether or not anybody has approved them. */
export function readConfiguredSigners({ trust: { lotl } }: Config): SignerSet {
  return {
    certificates: readCertificates(lotl.signers.file).map(({ der }) => der),
    officialJournal: lotl.officialJournal,
  };
}

function readApprovals({ cacheDirectory }: Config): readonly ApprovedSet[] {
  const path = join(cacheDirectory, approvalsFile.name);
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined || found.size > approvalsFile.maxBytes ? [] : parseApprovals(readFileSync(path));
}

/** Throws ConfigError where a file cannot be read, or names an authority of a sandbox: nothing of a sandbox is ever trusted here. */
function readCertificates(file: string): ReturnType<typeof parseCertificateText> {
  try {
    const certificates = parseCertificateText(readFileSync(file));
    if (!certificates.some(isForTestsOnly)) return certificates;
    throw new Error('holds a certificate of a sandbox, which is for tests only and never trusted in production');
  } catch (cause) {
    throw new ConfigError(file, [cause instanceof Error ? cause.message : String(cause)]);
  }
}
