import type { Pass } from './interlace-passes.js';
import { bitsPerPixel, type ColorType, type Png } from './parse-png.js';
import type { RgbaImage } from './rgba-image.js';

/** Draws a PNG file that was parsed. Depths of 16 become 8; colours that the palette does not have are transparent. Never throws. */
export function drawPng(png: Png): RgbaImage {
  const pixels = new Uint8Array(png.width * png.height * 4);
  const bits = bitsPerPixel(png);
  const paint = painters[png.colorType](png);
  let at = 0;
  for (const pass of png.passes) {
    const length = Math.ceil((pass.width * bits) / 8);
    let above = new Uint8Array(length);
    for (let row = 0; row < pass.height; row += 1) {
      const line = png.rows.slice(at + 1, at + 1 + length);
      unfilter(line, above, { filter: png.rows[at] ?? 0, distance: Math.max(1, bits >> 3) });
      drawLine(line, { pass, row, pixels, width: png.width, paint });
      above = line;
      at += 1 + length;
    }
  }
  return { width: png.width, height: png.height, pixels };
}

/** Undoes a filter in place (ISO/IEC 15948 section 9.2): each octet is told against those left of and above it. */
function unfilter(
  line: Uint8Array,
  above: Uint8Array,
  how: { readonly filter: number; readonly distance: number },
): void {
  const { filter, distance } = how;
  for (let index = 0; filter !== 0 && index < line.length; index += 1) {
    const left = line[index - distance] ?? 0;
    const up = above[index] ?? 0;
    const corner = above[index - distance] ?? 0;
    const told = filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : nearest(left, up, corner);
    line[index] = (line[index] ?? 0) + told;
  }
}

function nearest(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

interface Drawing {
  readonly pass: Pass;
  readonly row: number;
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly paint: Painter;
}

function drawLine(line: Uint8Array, { pass, row, pixels, width, paint }: Drawing): void {
  const start = (pass.top + row * pass.stepY) * width + pass.left;
  for (let column = 0; column < pass.width; column += 1) paint(line, column, pixels, (start + column * pass.stepX) * 4);
}

/** Paints one pixel of a line at a place of the picture. */
type Painter = (line: Uint8Array, column: number, pixels: Uint8Array, at: number) => void;

const painters: Readonly<Record<ColorType, (png: Png) => Painter>> = {
  0: paintGrey,
  2: (png) => paintSamples(png, [0, 1, 2]),
  3: paintPalette,
  4: (png) => paintSamples(png, [0, 0, 0, 1]),
  6: (png) => paintSamples(png, [0, 1, 2, 3]),
};

function paintGrey({ bitDepth, transparency }: Png): Painter {
  if (bitDepth >= 8) return paintSamples({ bitDepth, transparency }, [0, 0, 0]);
  const clear = transparency.length === 2 ? (transparency[1] ?? 0) : -1;
  const step = 255 / (2 ** bitDepth - 1);
  return (line, column, pixels, at) => {
    const sample = readBits(line, column, bitDepth);
    pixels.fill(sample * step, at, at + 3);
    pixels[at + 3] = sample === clear ? 0 : 255;
  };
}

function paintPalette({ bitDepth, palette, transparency }: Png): Painter {
  return (line, column, pixels, at) => {
    const entry = readBits(line, column, bitDepth);
    if (entry * 3 >= palette.length) return;
    for (let channel = 0; channel < 3; channel += 1) pixels[at + channel] = palette[entry * 3 + channel] ?? 0;
    pixels[at + 3] = transparency[entry] ?? 255;
  };
}

/** Samples of 8 or 16 bits; `channels` says which of them is red, green, blue and, where there is one, opacity. */
function paintSamples(
  { bitDepth, transparency }: Pick<Png, 'bitDepth' | 'transparency'>,
  channels: readonly number[],
): Painter {
  const octets = bitDepth / 8;
  const samples = Math.max(...channels) + 1;
  const hasClear = channels.length === 3 && transparency.length === samples * 2;
  // Sixteen bits a sample in tRNS, whatever the depth.
  const clear = hasClear ? transparency.filter((_, index) => octets === 2 || index % 2 === 1) : undefined;
  return (line, column, pixels, at) => {
    const from = column * samples * octets;
    for (let channel = 0; channel < channels.length; channel += 1) {
      pixels[at + channel] = line[from + (channels[channel] ?? 0) * octets] ?? 0;
    }
    if (channels.length === 3) pixels[at + 3] = clear?.every((octet, index) => octet === line[from + index]) ? 0 : 255;
  };
}

function readBits(line: Uint8Array, column: number, depth: number): number {
  const at = column * depth;
  return ((line[at >> 3] ?? 0) >> (8 - depth - (at & 7))) & (2 ** depth - 1);
}
