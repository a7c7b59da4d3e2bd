import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildPng } from '../material/build-png.js';
import { registerTpp } from '../material/register-tpp.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';
import { findViolations, keepPictures, openBrowser, widths } from './open-browser.js';

let demo: RunningDemo;
let browser: Browser;

beforeAll(async () => {
  demo = await startDemo();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

const logo = buildPng({
  width: 120,
  height: 80,
  bitDepth: 8,
  colorType: 6,
  samples: (x, y) => ((x - 60) ** 2 + (y - 40) ** 2 < 1_400 ? [0, 110, 90, 255] : [0, 0, 0, 0]),
}).toString('base64');

it('shows the logo beside the name in the language of the page, after the legal name', async () => {
  const tpp = await registerTpp(demo, {
    brand: 'demo-bank',
    environment: 'production',
    clientName: 'Clear accounts',
    metadata: { 'client_name#fr': 'Comptes nets', logo },
  });
  for (const [lang, name] of [
    ['fr', 'Comptes nets'],
    ['en', 'Clear accounts'],
  ] as const) {
    const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: widths.phone });
    const page = await context.newPage();
    await page.goto(tpp.authorizationUrl(lang).url);
    for (let attempt = 0; attempt < 50 && (await page.locator('img.logo').count()) === 0; attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await page.reload();
    }
    const image = page.getByRole('img', { name: new RegExp(name) });
    expect(await image.evaluate((element) => (element as unknown as { naturalWidth: number }).naturalWidth)).toBe(120);
    const body = await page.locator('main').innerText();
    expect(body.indexOf(tpp.legalName)).toBeLessThan(body.indexOf(name));
    expect(await findViolations(page)).toEqual([]);
    await keepPictures(page, `${lang}-logo`);
    await context.close();
  }
});

it('shows the legal name alone while the name is held', async () => {
  const held = { clientName: 'Demo B\u0430nk', metadata: { logo } };
  const tpp = await registerTpp(demo, { brand: 'demo-bank', environment: 'production', ...held });
  for (const lang of ['fr', 'en'] as const) {
    const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: widths.phone });
    const page = await context.newPage();
    await page.goto(tpp.authorizationUrl(lang).url);
    const body = await page.locator('main').innerText();
    expect(body).toContain(tpp.legalName);
    expect(body).not.toContain('B\u0430nk');
    expect(await page.locator('img').count()).toBe(0);
    expect(await findViolations(page)).toEqual([]);
    await keepPictures(page, `${lang}-held`);
    await context.close();
  }
});
