import { z } from 'zod';
import { createFileCache } from '../fetch/file-cache.js';

const metadataName = 'register-metadata.json';
const quarantineName = 'register-quarantine.json';
const maxMetadataBytes = 64 * 1024;
const maxZipBytes = 128 * 1024 * 1024;

/** The last good register file with the metadata that announced it, and one that waits for an operator. */
export interface RegisterCache {
  readMetadata(): Promise<Uint8Array | undefined>;
  readZip(version: string): Promise<Uint8Array | undefined>;
  /** Rejects when the disk does. */
  write(kept: KeptRegister): Promise<void>;
  readQuarantine(): Promise<QuarantinedRegister | undefined>;
  /** Keeps a file beside the one in force until an operator accepts it or another comes. */
  writeQuarantine(quarantined: QuarantinedRegister, zip: Uint8Array): Promise<void>;
  /** Forgets what waits; its ZIP stays when it is the one in force. */
  endQuarantine(versionInForce: string | undefined): Promise<void>;
}

export interface KeptRegister {
  readonly metadataOctets: Uint8Array;
  readonly zip: Uint8Array;
  /** SHA-256 of the ZIP. */
  readonly version: string;
  readonly versionBefore: string | undefined;
}

const quarantineSchema = z.strictObject({
  version: z.string().regex(/^[0-9a-f]{64}$/),
  reason: z.string().max(1_000),
  metadata: z.string().max(maxMetadataBytes),
});

/** A file that is right in itself and yet not put into force by itself. */
export type QuarantinedRegister = z.output<typeof quarantineSchema>;

/** The metadata name the ZIP by its digest, so that a crash between the writes leaves the old pair or the new one. */
export function createRegisterCache(directory: string): RegisterCache {
  const files = createFileCache(directory);
  async function readQuarantine() {
    const octets = await files.read(quarantineName, 2 * maxMetadataBytes);
    return octets === undefined ? undefined : parseQuarantine(octets);
  }
  return {
    readMetadata: () => files.read(metadataName, maxMetadataBytes),
    readZip: (version) => files.read(zipName(version), maxZipBytes),
    write: async ({ metadataOctets, zip, version, versionBefore }) => {
      await files.write(zipName(version), zip);
      await files.write(metadataName, metadataOctets);
      if (versionBefore !== undefined && versionBefore !== version) await files.remove(zipName(versionBefore));
    },
    readQuarantine,
    writeQuarantine: async (quarantined, zip) => {
      const before = await readQuarantine();
      await files.write(zipName(quarantined.version), zip);
      await files.write(quarantineName, Buffer.from(JSON.stringify(quarantined)));
      if (before !== undefined && before.version !== quarantined.version) await files.remove(zipName(before.version));
    },
    endQuarantine: async (versionInForce) => {
      const before = await readQuarantine();
      if (before === undefined) return;
      await files.remove(quarantineName);
      if (before.version !== versionInForce) await files.remove(zipName(before.version));
    },
  };
}

function parseQuarantine(octets: Uint8Array): QuarantinedRegister | undefined {
  try {
    return quarantineSchema.safeParse(JSON.parse(Buffer.from(octets).toString())).data;
  } catch {
    return undefined;
  }
}

function zipName(version: string): string {
  return `register-${version}.zip`;
}
