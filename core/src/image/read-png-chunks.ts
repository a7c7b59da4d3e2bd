import { crc32 } from './crc32.js';
import { refuseImage } from './refuse-image.js';

export interface PngChunk {
  readonly type: string;
  readonly body: Uint8Array;
}

/** The signature, at most this many octets, and nothing after the end: what else a file might be, it is a PNG alone. */
export const largestPngOctets = 65_536;
const signature = '89504e470d0a1a0a';

/** The chunks of a PNG file, each with its check verified (ISO/IEC 15948 section 5). Throws Refusal. */
export function readPngChunks(octets: Uint8Array): readonly PngChunk[] {
  if (octets.length > largestPngOctets) throw refuseImage(`must have at most ${largestPngOctets} octets`);
  const file = Buffer.from(octets.buffer, octets.byteOffset, octets.length);
  if (file.toString('hex', 0, 8) !== signature) throw refuseImage(`must be a PNG image${guessFormat(file)}`);
  const chunks: PngChunk[] = [];
  let at = 8;
  while (at < file.length) {
    const chunk = readChunk(file, at);
    chunks.push(chunk);
    at += 12 + chunk.body.length;
    if (chunk.type === 'IEND') break;
  }
  if (at !== file.length) throw refuseImage('must end with the image');
  return chunks;
}

function readChunk(file: Buffer, at: number): PngChunk {
  const length = at + 12 <= file.length ? file.readUInt32BE(at) : file.length;
  if (at + 12 + length > file.length) throw refuseImage('must be a whole PNG image');
  const type = file.toString('latin1', at + 4, at + 8);
  if (!/^[A-Za-z]{4}$/.test(type)) throw refuseImage('must be a PNG image without broken chunks');
  if (crc32(file.subarray(at + 4, at + 8 + length)) !== file.readUInt32BE(at + 8 + length)) {
    throw refuseImage('must be a PNG image whose checks are right');
  }
  return { type, body: file.subarray(at + 8, at + 8 + length) };
}

function guessFormat(file: Buffer): string {
  const begin = file.toString('latin1', 0, 256);
  const known: readonly (readonly [RegExp, string])[] = [
    [/^\xff\xd8\xff/, 'JPEG'],
    [/^GIF8/, 'GIF'],
    [/^RIFF.{4}WEBP/s, 'WebP'],
    [/^\s*<(\?xml|svg|!--|!DOCTYPE)/i, 'SVG or another document'],
  ];
  const found = known.find(([pattern]) => pattern.test(begin));
  return found === undefined ? '' : `, not ${found[1]}`;
}
