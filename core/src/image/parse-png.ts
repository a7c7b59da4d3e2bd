import { inflateSync } from 'node:zlib';
import { interlacePasses, type Pass } from './interlace-passes.js';
import { type PngChunk, readPngChunks } from './read-png-chunks.js';
import { refuseImage } from './refuse-image.js';

/** A PNG file whose every part was found sound: it can be drawn without further faults. */
export interface Png {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  readonly colorType: ColorType;
  readonly passes: readonly Pass[];
  /** Red, green, blue for each entry; empty where colours stand in the pixels. */
  readonly palette: Uint8Array;
  /** The body of the tRNS chunk; empty where there is none. */
  readonly transparency: Uint8Array;
  /** Rows of all passes, each with its filter first. */
  readonly rows: Uint8Array;
}

export type ColorType = 0 | 2 | 3 | 4 | 6;

const largestSide = 1_024;

/** Samples a pixel, and the depths that each colour type may have (ISO/IEC 15948 section 11.2.2). */
const colorTypes: Readonly<Record<ColorType, { readonly samples: number; readonly depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};

/** Bits of one pixel. */
export function bitsPerPixel({ colorType, bitDepth }: Pick<Png, 'colorType' | 'bitDepth'>): number {
  return colorTypes[colorType].samples * bitDepth;
}

/**
 * Reads a PNG file of at most 64 KiB and 1024 by 1024 pixels (ISO/IEC 15948). Strict: checks, order and lengths must be right, and
 * nothing may stand after the end. What it inflates to is known before and is the most that is inflated. Throws Refusal.
 */
export function parsePng(octets: Uint8Array): Png {
  const chunks = readPngChunks(octets);
  const header = parseHeader(chunks[0]);
  const last = chunks.at(-1);
  if (last?.type !== 'IEND' || last.body.length > 0) throw refuseImage('must end with the image');
  const passes = interlacePasses(header.width, header.height, header.interlaced);
  const bits = bitsPerPixel(header);
  const length = passes.reduce((sum, { width, height }) => sum + height * (1 + Math.ceil((width * bits) / 8)), 0);
  const png = {
    ...header,
    passes,
    palette: parsePalette(chunks, header),
    transparency: chunks.find(({ type }) => type === 'tRNS')?.body ?? new Uint8Array(),
    rows: inflateRows(joinPixels(chunks), length),
  };
  checkFilters(png, bits);
  return png;
}

type Header = Pick<Png, 'width' | 'height' | 'bitDepth' | 'colorType'> & { readonly interlaced: boolean };

function parseHeader(chunk: PngChunk | undefined): Header {
  if (chunk?.type !== 'IHDR' || chunk.body.length !== 13)
    throw refuseImage('must begin with the header of a PNG image');
  const view = new DataView(chunk.body.buffer, chunk.body.byteOffset, 13);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  if (![width, height].every((side) => side >= 1 && side <= largestSide)) {
    throw refuseImage(`must be at most ${largestSide} by ${largestSide} pixels large`);
  }
  const [bitDepth = 0, colorType = 0, compression, filter, interlace] = chunk.body.subarray(8);
  if (!isColorType(colorType) || !colorTypes[colorType].depths.includes(bitDepth)) {
    throw refuseImage('must have a colour type and depth of the PNG standard');
  }
  if (compression !== 0 || filter !== 0 || (interlace !== 0 && interlace !== 1)) {
    throw refuseImage('must be compressed, filtered and interlaced as the PNG standard has it');
  }
  return { width, height, bitDepth, colorType, interlaced: interlace === 1 };
}

function isColorType(value: number): value is ColorType {
  return Object.hasOwn(colorTypes, value);
}

function parsePalette(chunks: readonly PngChunk[], { colorType, bitDepth }: Header): Uint8Array {
  const palettes = chunks.filter(({ type }) => type === 'PLTE');
  const [palette] = palettes;
  if (colorType !== 3) return new Uint8Array();
  const entries = (palette?.body.length ?? 0) / 3;
  if (
    palette === undefined ||
    palettes.length > 1 ||
    !Number.isInteger(entries) ||
    entries < 1 ||
    entries > 2 ** bitDepth
  ) {
    throw refuseImage('must have one palette of the size that its depth allows');
  }
  return palette.body;
}

const known: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND']);

/** The compressed pixels: chunks that follow each other, after the palette. A part that must be understood and is not is a fault. */
function joinPixels(chunks: readonly PngChunk[]): Uint8Array {
  const types = chunks.map(({ type }) => type);
  const isStrange = types.some((type) => /^[A-Z]/.test(type) && !known.has(type));
  const [first, last] = [types.indexOf('IDAT'), types.lastIndexOf('IDAT')];
  const isApart = types.slice(first, last).some((type) => type !== 'IDAT');
  if (isStrange || isApart || first < 0 || types.lastIndexOf('PLTE') > first || types.lastIndexOf('IHDR') > 0) {
    throw refuseImage('must hold the parts of a PNG image in their order');
  }
  return Buffer.concat(chunks.slice(first, last + 1).map(({ body }) => body));
}

function inflateRows(compressed: Uint8Array, length: number): Uint8Array {
  const rows = inflate(compressed, length);
  if (rows?.length !== length) throw refuseImage('must hold as many pixels as its header says');
  return rows;
}

function inflate(compressed: Uint8Array, most: number): Uint8Array | undefined {
  try {
    return inflateSync(compressed, { maxOutputLength: most });
  } catch {
    return undefined;
  }
}

function checkFilters({ passes, rows }: Pick<Png, 'passes' | 'rows'>, bits: number): void {
  let at = 0;
  for (const { width, height } of passes) {
    for (let row = 0; row < height; row += 1) {
      if ((rows[at] ?? 5) > 4) throw refuseImage('must have filters of the PNG standard');
      at += 1 + Math.ceil((width * bits) / 8);
    }
  }
}
