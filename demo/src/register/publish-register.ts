import { createHash } from 'node:crypto';
import { strToU8, type ZipOptions, zipSync } from 'fflate';
import { type GoldenCopy, publishedAt } from './golden-copy.js';

/** One version of the register as it is downloaded. */
export interface RegisterPublication {
  /** "20260816/download-PSDMD-20260816000016.zip" */
  readonly path: string;
  readonly zip: Uint8Array;
  /** Hexadecimal, of the ZIP. */
  readonly sha256: string;
  readonly publishedAt: Date;
}

/** Packs the register as the EBA does: one JSON and its digest. The same copy gives the same octets. */
export function publishRegister(copy: GoldenCopy): RegisterPublication {
  const at = publishedAt(copy);
  const stamp = at.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '');
  const json = strToU8(JSON.stringify(copy));
  const options: ZipOptions = { mtime: localTimeOf(at) };
  const zip = zipSync({
    [`PSDMD-${stamp}.json`]: [json, options],
    [`PSDMD-${stamp}.json.sha256`]: [strToU8(`${sha256Of(json)}\n`), options],
  });
  return { path: `${stamp.slice(0, 8)}/download-PSDMD-${stamp}.zip`, zip, sha256: sha256Of(zip), publishedAt: at };
}

/** The answer of /register/api/filemetadata, given the address under which the downloads stand. */
export function renderFileMetadata(publication: RegisterPublication, context: string) {
  return {
    latest_version_relative_zip_path: publication.path,
    latest_version_relative_zip_size: String(publication.zip.length),
    sha256_hash: publication.sha256,
    timestamp: renderTimestamp(publication.publishedAt),
    golden_copy_path_context: context,
  };
}

/** "Sun Aug 16 00:00:16 UTC 2026" */
function renderTimestamp(at: Date): string {
  const [weekday, day, month, year, time] = at.toUTCString().replace(',', '').split(' ');
  return `${weekday} ${month} ${day} ${time} UTC ${year}`;
}

/** ZIP keeps local times without a zone: the digits are made those of UTC wherever this runs. */
function localTimeOf(at: Date): Date {
  return new Date(at.getTime() + at.getTimezoneOffset() * 60_000);
}

function sha256Of(octets: Uint8Array): string {
  return createHash('sha256').update(octets).digest('hex');
}
