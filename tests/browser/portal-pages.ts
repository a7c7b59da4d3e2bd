import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { portalPages } from '../../web/src/views/portal-navigation.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';
import { expectGood } from './expect-good.js';
import { openBrowser, walkByKeyboard } from './open-browser.js';

/** Every page of the portal in one language; what the Tab key reaches is the same in both, so it is walked in English. */
export function describePortalPages(lang: 'fr' | 'en'): void {
  describe(`the portal in ${lang}`, () => {
    let demo: RunningDemo;
    let browser: Browser;
    let page: Page;

    beforeAll(async () => {
      demo = await startDemo();
      browser = await openBrowser();
      page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
      page.on('console', (message) => {
        if (message.type() === 'error') throw new Error(`the page reports: ${message.text()}`);
      });
    });
    afterAll(async () => {
      await browser?.close();
      await demo?.stop();
    });

    it.each(portalPages)('has the page %s, readable and printable', async (name) => {
      const path = name === 'start' ? '' : `/${name}`;
      await page.goto(`${demo.addresses.web}/demo-bank/${lang}/developers${path}`);
      await expectGood(page, `${lang}-portal-${name}`, lang);
      if (lang === 'fr') return;
      const { stops, reached, unseen } = await walkByKeyboard(page);
      expect({ reached, unseen }).toEqual({ reached: stops, unseen: [] });
    });

    it('has a list of brands, readable', async () => {
      await page.goto(`${demo.addresses.web}/?lang=${lang}`);
      await expectGood(page, `${lang}-index`, lang);
    });
  });
}
