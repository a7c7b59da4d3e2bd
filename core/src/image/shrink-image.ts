import type { RgbaImage } from './rgba-image.js';

/** The picture no larger than `most` pixels on either side: each pixel is the mean of those that it stands for. */
export function shrinkImage(image: RgbaImage, most: number): RgbaImage {
  const scale = Math.max(image.width, image.height) / most;
  if (scale <= 1) return image;
  const width = Math.max(1, Math.round(image.width / scale));
  const height = Math.max(1, Math.round(image.height / scale));
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    const rows = spanOf(y, image.height / height);
    for (let x = 0; x < width; x += 1) {
      pixels.set(meanOf(image, spanOf(x, image.width / width), rows), (y * width + x) * 4);
    }
  }
  return { width, height, pixels };
}

type Span = readonly [from: number, to: number];

function spanOf(position: number, scale: number): Span {
  const from = Math.floor(position * scale);
  return [from, Math.max(from + 1, Math.floor((position + 1) * scale))];
}

/** Colours count by their opacity: what cannot be seen has none. */
function meanOf({ width, pixels }: RgbaImage, [left, right]: Span, [top, bottom]: Span): readonly number[] {
  const sums: [number, number, number, number] = [0, 0, 0, 0];
  for (let y = top; y < bottom; y += 1) {
    for (let at = (y * width + left) * 4; at < (y * width + right) * 4; at += 4) {
      const opacity = pixels[at + 3] ?? 0;
      sums[0] += (pixels[at] ?? 0) * opacity;
      sums[1] += (pixels[at + 1] ?? 0) * opacity;
      sums[2] += (pixels[at + 2] ?? 0) * opacity;
      sums[3] += opacity;
    }
  }
  const [red, green, blue, opacity] = sums;
  if (opacity === 0) return [0, 0, 0, 0];
  const count = (right - left) * (bottom - top);
  return [red / opacity, green / opacity, blue / opacity, opacity / count].map(Math.round);
}
