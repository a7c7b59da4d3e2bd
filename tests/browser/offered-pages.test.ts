import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Config } from '../../server/src/config.js';
import { textsOf } from '../../web/src/texts/texts-of.js';
import { type RunningBank, startBank } from '../material/start-bank.js';
import { expectGood } from './expect-good.js';
import { openBrowser } from './open-browser.js';

const langs = ['fr', 'en'] as const;

/** One brand runs its sandbox alone, the other production without a bank. */
function change(config: Config): Config {
  const brands = config.brands.map((brand, at) => ({
    ...brand,
    production: { runs: at === 1, bank: 'none' as const },
    sandbox: { ...brand.sandbox, runs: at === 0 },
  }));
  return { ...config, brands };
}

describe('the portal of a brand that does not offer everything', () => {
  let bank: RunningBank;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    bank = await startBank({ change });
    browser = await openBrowser();
    page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await bank?.stop();
  });

  const cases = langs.flatMap((lang) =>
    (
      [
        ['demo-bank', 'production'],
        ['second-bank', 'bank-and-sandbox'],
      ] as const
    ).map(([brand, lack]) => ({ lang, brand, lack })),
  );

  it.each(cases)('says so, readable, at $brand in $lang', async ({ lang, brand, lack }) => {
    for (const path of ['', '/registration']) {
      await page.goto(`${bank.addresses.web}/${brand}/${lang}/developers${path}`);
      await expectGood(page, `${lang}-offered-${brand}${path.replace('/', '-')}`, lang);
      const { lacks, notice } = textsOf(lang).shell;
      const told = await page.getByRole('region', { name: notice }).textContent();
      expect(told).toContain(lacks[lack].text);
    }
  });
});
