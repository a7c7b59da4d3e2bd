import { readFileSync } from 'node:fs';
import { parseCertificateText } from '@postern/core/certificate/parse-certificate-text.js';
import { type Config, ConfigError } from '../config.js';
import type { TrustStoreOptions } from '../trust/trust-store.js';

/** What the configuration says about trust, its files read; the rest of the options is for the caller. */
export function readTrustOptions(
  config: Config,
): Omit<TrustStoreOptions, 'fetch' | 'clock'> & { readonly fetchesLists: boolean } {
  const { lotl, refreshSeconds, fetch: fetchesLists, pinnedAnchors } = config.trust;
  return {
    lotlUrl: lotl.url,
    lotlSigners: readCertificates(lotl.signers.file).map(({ der }) => der),
    officialJournal: lotl.officialJournal,
    pinnedAnchors: pinnedAnchors.map(({ file, use, expires }) => {
      return { certificates: readCertificates(file), use, expires: new Date(`${expires}T00:00:00Z`) };
    }),
    refreshSeconds,
    cacheDirectory: config.cacheDirectory,
    fetchesLists,
  };
}

function readCertificates(file: string): ReturnType<typeof parseCertificateText> {
  try {
    return parseCertificateText(readFileSync(file));
  } catch (cause) {
    throw new ConfigError(file, [cause instanceof Error ? cause.message : String(cause)]);
  }
}
