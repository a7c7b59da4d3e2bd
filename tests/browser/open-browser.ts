import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import AxeBuilder from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

export const artefacts = fileURLToPath(new URL('../../artefacts/browser/', import.meta.url));

/** Debian's Chromium, without anything that reaches out by itself. */
export function openBrowser(): Promise<Browser> {
  mkdirSync(artefacts, { recursive: true });
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly string[];
}

/** What axe finds serious or critical on a page (WCAG 2.2 A and AA). */
export async function findViolations(page: Page): Promise<readonly Violation[]> {
  await page.evaluate(AxeBuilder.source);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof AxeBuilder };
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, impact, nodes }) => ({
        id,
        impact: impact ?? '',
        nodes: nodes.map(({ html }) => html.slice(0, 200)),
      }));
  });
}

export const widths = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } } as const;

/** Keeps a picture of the page at both widths, under a name. */
export async function keepPictures(page: Page, name: string): Promise<void> {
  for (const [title, size] of Object.entries(widths)) {
    await page.setViewportSize(size);
    await page.screenshot({ path: `${artefacts}${name}-${title}.png`, fullPage: true });
  }
}
