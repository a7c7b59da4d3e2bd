import { parseJson } from '@postern/core/json/parse-json.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { z } from 'zod';

/** Where the newest golden copy of the register is, and what it must be. */
export interface FileMetadata {
  readonly address: string;
  readonly bytes: number;
  /** Of the ZIP, lower-case hexadecimal. */
  readonly sha256: string;
  readonly publishedAt: Date;
}

const schema = z.object({
  latest_version_relative_zip_path: z.string().min(1).max(500),
  latest_version_relative_zip_size: z.union([z.string().regex(/^\d{1,12}$/), z.int().nonnegative()]),
  sha256_hash: z.string().regex(/^[0-9a-fA-F]{64}$/),
  timestamp: z.string().max(100),
  golden_copy_path_context: z.string().min(1).max(500),
});

/** Reads the EBA register's filemetadata answer; addresses may be relative to where it came from. Throws `Refusal`. */
export function parseFileMetadata(octets: Uint8Array, from: string): FileMetadata {
  const parsed = schema.safeParse(readJson(octets));
  if (!parsed.success)
    refuse(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  const metadata = parsed.data;
  const address = URL.parse(metadata.golden_copy_path_context + metadata.latest_version_relative_zip_path, from);
  return {
    address: address?.href ?? refuse('the address of the file is not a URL'),
    bytes: Number(metadata.latest_version_relative_zip_size),
    sha256: metadata.sha256_hash.toLowerCase(),
    publishedAt: parseTimestamp(metadata.timestamp),
  };
}

/** By the reader of bounded depth: JSON.parse of Node 26.12.1 corrupts memory over some ten thousand unclosed lists. */
function readJson(octets: Uint8Array): unknown {
  try {
    return parseJson(octets);
  } catch (cause) {
    if (cause instanceof Refusal) refuse('it is not JSON');
    throw cause;
  }
}

/** "Sun Aug 16 00:00:16 UTC 2026", or a date and time of ISO 8601. */
function parseTimestamp(text: string): Date {
  const written = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d\d:\d\d:\d\d) (?:UTC|GMT) (\d{4})$/.exec(text);
  const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) ? text : undefined;
  const [, month = '', day = '', time = '', year = ''] = written ?? [];
  const number = String(months.indexOf(month) + 1).padStart(2, '0');
  const date = new Date(iso ?? `${year}-${number}-${day.padStart(2, '0')}T${time}Z`);
  return Number.isNaN(date.getTime()) ? refuse('the timestamp cannot be read') : date;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function refuse(reason: string): never {
  throw new Refusal('TRUST_DATA_UNAVAILABLE', `The metadata of the register cannot be used: ${reason}.`);
}
