import { contrastRatio } from './contrast-ratio.js';
import { parseColor } from './parse-color.js';

/** Contrast that text needs (WCAG 2.2, 1.4.3 at level AA). */
const readable = 4.5;
const darkPaper = '#12181f';

/** The style sheet of a brand: its colour, what is readable on it, and the colour light enough for dark paper. Throws RangeError for what is no colour "#rrggbb". */
export function renderBrandStyle({ color }: { readonly color: string }): string {
  const brand = color.toLowerCase();
  return [
    `:root { --brand: ${brand}; --on-brand: ${foregroundOn(brand)}; --brand-ink: ${brand}; }`,
    `@media screen and (prefers-color-scheme: dark) { :root { --brand-ink: ${readableOnDark(brand)}; } }`,
    '',
  ].join('\n');
}

function foregroundOn(color: string): string {
  return contrastRatio(color, '#ffffff') >= readable ? '#ffffff' : '#000000';
}

function readableOnDark(color: string): string {
  for (let white = 0; white < 100; white += 5) {
    const mixed = mixWithWhite(color, white / 100);
    // A margin above the minimum, because links also stand on the slightly lighter panels.
    if (contrastRatio(mixed, darkPaper) >= readable + 1.5) return mixed;
  }
  return '#ffffff';
}

function mixWithWhite(color: string, share: number): string {
  const channels = parseColor(color).map((channel) => Math.round(channel + (255 - channel) * share));
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
