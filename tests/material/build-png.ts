import { deflateSync } from 'node:zlib';
import { crc32 } from '../../core/src/image/crc32.js';
import { interlacePasses } from '../../core/src/image/interlace-passes.js';

export interface PngPlan {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  readonly colorType: number;
  readonly interlaced?: boolean;
  /** Of a row, by its number. */
  readonly filter?: (row: number) => number;
  readonly samples: (x: number, y: number) => readonly number[];
  readonly between?: readonly (readonly [type: string, body: Uint8Array])[];
  readonly pixels?: Uint8Array;
}

/** A PNG file for tests, in every form that the standard has: written apart from the code that reads it. */
export function buildPng(plan: PngPlan): Buffer {
  const { width, height, bitDepth, colorType, interlaced = false } = plan;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bitDepth, colorType, 0, 0, interlaced ? 1 : 0], 8);
  const parts = [
    pngChunk('IHDR', header),
    ...(plan.between ?? []).map(([type, body]) => pngChunk(type, body)),
    pngChunk('IDAT', plan.pixels ?? deflateSync(rowsOf(plan))),
    pngChunk('IEND', new Uint8Array()),
  ];
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts]);
}

function pngChunk(type: string, body: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

function rowsOf({ width, height, bitDepth, samples, interlaced = false, filter = () => 0 }: PngPlan): Buffer {
  const distance = Math.max(1, (bitDepth * samples(0, 0).length) >> 3);
  const rows = interlacePasses(width, height, interlaced).flatMap((pass) => {
    let above: number[] = [];
    return Array.from({ length: pass.height }, (_, row) => {
      const all = Array.from({ length: pass.width }, (_each, column) =>
        samples(pass.left + column * pass.stepX, pass.top + row * pass.stepY),
      ).flat();
      const line = pack(all, bitDepth);
      const filtered = line.map(
        (octet, at) => octet - told(filter(row), [line[at - distance], above[at], above[at - distance]]),
      );
      above = line;
      return Buffer.from([filter(row), ...filtered]);
    });
  });
  return Buffer.concat(rows);
}

function pack(samples: readonly number[], bitDepth: number): number[] {
  const bits = samples.map((sample) => sample.toString(2).padStart(bitDepth, '0')).join('');
  return (bits.match(/.{1,8}/g) ?? []).map((octet) => Number.parseInt(octet.padEnd(8, '0'), 2));
}

function told(filter: number, [left = 0, up = 0, corner = 0]: readonly (number | undefined)[]): number {
  const guess = left + up - corner;
  const nearest = [left, up, corner].sort((a, b) => Math.abs(guess - a) - Math.abs(guess - b))[0] ?? 0;
  return [0, left, up, Math.floor((left + up) / 2), nearest][filter] ?? 0;
}
