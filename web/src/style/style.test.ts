import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrastRatio } from './contrast-ratio.js';
import { renderBrandStyle } from './render-brand-style.js';

const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('contrastRatio', () => {
  it('agrees with the ratios that WCAG publishes', () => {
    expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrastRatio('#777777', '#FFFFFF')).toBeCloseTo(4.48, 2);
    expect(contrastRatio('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(color, color, (a, b) => contrastRatio(a, b) === contrastRatio(b, a) && contrastRatio(a, b) >= 1),
    );
  });
});

describe('renderBrandStyle', () => {
  it('keeps text readable on the brand and the brand readable on dark paper', () => {
    fc.assert(
      fc.property(color, (brand) => {
        const style = renderBrandStyle({ color: brand });
        const [foreground, ink] = [/--on-brand: (#\w{6})/, /dark\) \{ :root \{ --brand-ink: (#\w{6})/].map(
          (pattern) => pattern.exec(style)?.[1] ?? '',
        );
        expect(contrastRatio(brand, foreground ?? '')).toBeGreaterThanOrEqual(4.5);
        expect(contrastRatio(ink ?? '', '#12181f')).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it.each([
    'red',
    '#fff',
    '#00558c; } body { display: none',
    '#00558c\n',
    '',
  ])('refuses %j, which is no colour', (text) => {
    expect(() => renderBrandStyle({ color: text })).toThrow(RangeError);
  });
});

describe('the style sheet', () => {
  const sheet = readFileSync(new URL('../../assets/postern.css', import.meta.url), 'utf8');

  it('loads nothing', () => {
    expect(sheet).not.toMatch(/url\(|@import|@font-face|https?:\/\//);
  });

  it('keeps every colour of text readable on its paper, light and dark', () => {
    const [light, dark] = sheet.split('prefers-color-scheme: dark').map(tokensIn);
    for (const tokens of [light, dark]) {
      for (const ink of ['ink', 'muted', 'good', 'bad', 'warn', 'brand-ink']) {
        for (const paper of ['paper', 'panel'])
          expect(
            contrastRatio(tokens?.get(ink) ?? '', tokens?.get(paper) ?? ''),
            `${ink} on ${paper}`,
          ).toBeGreaterThanOrEqual(4.5);
      }
      expect(contrastRatio(tokens?.get('notice-ink') ?? '', tokens?.get('notice') ?? '')).toBeGreaterThanOrEqual(7);
      expect(contrastRatio(tokens?.get('line-strong') ?? '', tokens?.get('paper') ?? '')).toBeGreaterThanOrEqual(3);
    }
  });
});

/** The first value of each colour token. */
function tokensIn(css: string): Map<string, string> {
  return new Map(
    [...css.matchAll(/--([a-z][a-z-]*): (#[0-9a-f]{6})/g)].reverse().map((match) => [match[1] ?? '', match[2] ?? '']),
  );
}
