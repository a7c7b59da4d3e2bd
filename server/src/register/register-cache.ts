import { createFileCache } from '../fetch/file-cache.js';

const metadataName = 'register-metadata.json';

/** The last good register file with the metadata that announced it. */
export interface RegisterCache {
  readMetadata(maxBytes: number): Promise<Uint8Array | undefined>;
  readZip(version: string, maxBytes: number): Promise<Uint8Array | undefined>;
  /** Rejects when the disk does. */
  write(kept: KeptRegister): Promise<void>;
}

export interface KeptRegister {
  readonly metadataOctets: Uint8Array;
  readonly zip: Uint8Array;
  /** SHA-256 of the ZIP. */
  readonly version: string;
  readonly versionBefore: string | undefined;
}

/** The metadata name the ZIP by its digest, so that a crash between the writes leaves the old pair or the new one. */
export function createRegisterCache(directory: string): RegisterCache {
  const files = createFileCache(directory);
  return {
    readMetadata: (maxBytes) => files.read(metadataName, maxBytes),
    readZip: (version, maxBytes) => files.read(zipName(version), maxBytes),
    write: async ({ metadataOctets, zip, version, versionBefore }) => {
      await files.write(zipName(version), zip);
      await files.write(metadataName, metadataOctets);
      if (versionBefore !== undefined) await files.remove(zipName(versionBefore));
    },
  };
}

function zipName(version: string): string {
  return `register-${version}.zip`;
}
