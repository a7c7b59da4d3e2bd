import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { findViolations, keepPictures, keepPrint, layOutAll } from './open-browser.js';

/** A page is good when it is in its language, tells the demo, needs nothing from outside, and axe finds nothing serious; pictures and a print of it are kept. */
export async function expectGood(page: Page, name: string, lang: string): Promise<void> {
  await layOutAll(page);
  expect(await page.locator('html').getAttribute('lang')).toBe(lang);
  expect(await page.locator('body').innerText()).toMatch(/Démonstration|Demonstration/);
  expect(await findViolations(page)).toEqual([]);
  await keepPictures(page, name);
  await keepPrint(page, name);
  await page.setViewportSize({ width: 320, height: 700 });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
}
