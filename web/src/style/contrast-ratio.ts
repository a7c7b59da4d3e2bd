import { parseColor, type Rgb } from './parse-color.js';

/** Contrast of two colours "#rrggbb", 1 to 21 (WCAG 2.2, relative luminance and contrast ratio). Throws RangeError for what is no colour. */
export function contrastRatio(a: string, b: string): number {
  const [lighter, darker] = [luminance(parseColor(a)), luminance(parseColor(b))].sort((x, y) => y - x) as [
    number,
    number,
  ];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
