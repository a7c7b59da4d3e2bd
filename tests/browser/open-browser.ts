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

/** Lays out what a browser leaves until a reader comes near, so that the whole page is looked at. */
export async function layOutAll(page: Page): Promise<void> {
  await page.evaluate(
    `document.querySelectorAll('.distant').forEach(({ style }) => { style.contentVisibility = 'visible'; })`,
  );
}

export const widths = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } } as const;

/** Keeps a picture of the page at both widths, under a name. */
export async function keepPictures(page: Page, name: string): Promise<void> {
  for (const [title, size] of Object.entries(widths)) {
    await page.setViewportSize(size);
    await page.screenshot({ path: `${artefacts}${name}-${title}.png`, fullPage: true });
  }
}

/** Keeps the page as it is printed, under a name. */
export async function keepPrint(page: Page, name: string): Promise<void> {
  await page.pdf({ path: `${artefacts}${name}-print.pdf`, format: 'A4' });
}

interface KeyboardWalk {
  /** Elements that take the keyboard's attention, and how many of them the Tab key came to. */
  readonly stops: number;
  readonly reached: number;
  /** Elements on which nothing showed that they had it. */
  readonly unseen: readonly string[];
}

/** Walks over a whole page with the Tab key (WCAG 2.2, 2.1.1, 2.1.2 and 2.4.7). */
export async function walkByKeyboard(page: Page): Promise<KeyboardWalk> {
  const stops = await page.evaluate(listenToFocus);
  await Promise.all(Array.from({ length: stops }, () => page.keyboard.press('Tab')));
  return page
    .evaluate(() => {
      const { walked } = globalThis as unknown as { walked: Map<unknown, string> };
      return { reached: walked.size, unseen: [...walked.values()].filter((html) => html !== '') };
    })
    .then((walk) => ({ stops, ...walk }));
}

/** Runs in the page: counts what can be reached, and remembers each element that is. */
function listenToFocus(): number {
  const { document } = globalThis as unknown as { document: BrowserDocument };
  const walked = new Map<unknown, string>();
  Object.assign(globalThis, { walked });
  document.activeElement?.blur();
  document.addEventListener('focusin', ({ target }) => {
    const { outlineStyle, boxShadow } = getComputedStyle(target);
    walked.set(target, outlineStyle === 'none' && boxShadow === 'none' ? target.outerHTML.slice(0, 200) : '');
  });
  const reachable = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  const radios = new Set<string>();
  return [...document.querySelectorAll(reachable)].filter((element) => {
    if (!element.checkVisibility() || element.matches(':disabled')) return false;
    if (element.type !== 'radio') return true;
    const isFirst = !radios.has(element.name ?? '');
    radios.add(element.name ?? '');
    return isFirst;
  }).length;
}

interface BrowserElement {
  readonly outerHTML: string;
  readonly type?: string;
  readonly name?: string;
  blur(): void;
  matches(selector: string): boolean;
  checkVisibility(): boolean;
}

/** As much of the page's own objects as is used here: the tests are compiled without those of browsers. */
interface BrowserDocument {
  readonly activeElement: BrowserElement | null;
  querySelectorAll(selector: string): Iterable<BrowserElement>;
  addEventListener(kind: 'focusin', listen: (event: { readonly target: BrowserElement }) => void): void;
}

declare function getComputedStyle(element: BrowserElement): {
  readonly outlineStyle: string;
  readonly boxShadow: string;
};
