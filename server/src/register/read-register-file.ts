import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Zip, ZipDeflate } from 'fflate';
import { type LoadedRegister, loadRegister } from './load-register.js';
import { refuseRegister } from './refuse-register.js';
import type { RegisterDelivery } from './register-store.js';

/** What an operator says of a file that he brings: what the filemetadata address would have said. */
export interface RegisterFileClaim {
  /** A kept answer of the filemetadata address, in place of the other two. */
  readonly metadata: string | undefined;
  /** Of the file, hexadecimal; of a JSON file also in FILE.sha256 beside it. */
  readonly sha256: string | undefined;
  readonly published: Date | undefined;
}

const chunkBytes = 1024 * 1024;
const maxFileBytes = 1024 * 1024 * 1024;

/** Reads a golden copy, ZIP or JSON, as a delivery that the register store checks like a fetched one. Rejects with `Refusal`. */
export async function readRegisterDelivery(file: string, claim: RegisterFileClaim): Promise<RegisterDelivery> {
  const octets = await readBounded(file);
  const isZip = isZipFile(octets);
  if (isZip && claim.metadata !== undefined)
    return { zip: octets, metadataOctets: await readBounded(claim.metadata), accepted: false };
  const claimed = claim.sha256 ?? (isZip ? undefined : await readDigestBeside(file));
  if (claimed === undefined || claim.published === undefined)
    refuseRegister('digest', 'its digest and time of publication are not known: give them, or the metadata of a ZIP');
  if (claimed.toLowerCase() !== sha256Of(octets)) refuseRegister('digest', 'its digest is not the given one');
  const zip = isZip ? octets : packJson(octets);
  return { zip, metadataOctets: renderMetadata(basename(file), zip, claim.published), accepted: false };
}

/** Reads a golden copy for looking at, ZIP or JSON; the digest inside of a ZIP is checked. Rejects with `Refusal`. */
export async function readRegisterFile(file: string): Promise<LoadedRegister> {
  const octets = await readBounded(file);
  const zip = isZipFile(octets) ? octets : packJson(octets);
  return loadRegister(zip, { sha256: sha256Of(zip), publishedAt: new Date(0) });
}

async function readBounded(file: string): Promise<Uint8Array> {
  const octets = await readFile(file);
  return octets.length > maxFileBytes ? refuseRegister('archive', `it is longer than ${maxFileBytes} bytes`) : octets;
}

async function readDigestBeside(file: string): Promise<string | undefined> {
  const beside = `${file}.sha256`;
  if (!existsSync(beside)) return undefined;
  return /^\s*([0-9a-fA-F]{64})(?![0-9a-fA-F])/.exec(await readFile(beside, 'latin1'))?.[1];
}

function isZipFile(octets: Uint8Array): boolean {
  return octets[0] === 0x50 && octets[1] === 0x4b;
}

/** In the shape in which the EBA publishes it, so that what was imported is kept and read again like the rest. */
function packJson(json: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  const zip = new Zip((fault, chunk) => {
    if (fault !== null) throw fault;
    parts.push(chunk);
  });
  const entry = new ZipDeflate('register.json', { level: 1 });
  zip.add(entry);
  for (let at = 0; at < json.length; at += chunkBytes) entry.push(json.subarray(at, at + chunkBytes));
  entry.push(new Uint8Array(), true);
  const digest = new ZipDeflate('register.json.sha256');
  zip.add(digest);
  digest.push(Buffer.from(`${sha256Of(json)}  register.json\n`), true);
  zip.end();
  return Buffer.concat(parts);
}

function renderMetadata(name: string, zip: Uint8Array, published: Date): Uint8Array {
  return Buffer.from(
    JSON.stringify({
      latest_version_relative_zip_path: encodeURIComponent(name),
      latest_version_relative_zip_size: String(zip.length),
      sha256_hash: sha256Of(zip),
      timestamp: published.toISOString(),
      golden_copy_path_context: 'https://import.invalid/',
    }),
  );
}

function sha256Of(octets: Uint8Array): string {
  return createHash('sha256').update(octets).digest('hex');
}
