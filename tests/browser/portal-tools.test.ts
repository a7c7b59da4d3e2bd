import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RegisteredTpp, registerTpp } from '../material/register-tpp.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';
import { expectGood } from './expect-good.js';
import { artefacts, openBrowser } from './open-browser.js';

const words = {
  fr: { run: 'Lancer le parcours', send: 'Envoyer', question: 'Une question', message: 'Votre message' },
  en: { run: 'Run the journey', send: 'Send', question: 'A question', message: 'Your message' },
} as const;

let demo: RunningDemo;
let browser: Browser;
let tpp: RegisteredTpp;

beforeAll(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  tpp = await registerTpp(demo, { brand: 'demo-bank', environment: 'production', clientName: 'Mes Comptes' });
});

afterAll(async () => {
  tpp?.connection.close();
  await browser?.close();
  await demo?.stop();
});

describe.each(['fr', 'en'] as const)('a developer in %s', (lang) => {
  const portal = () => `${demo.addresses.web}/demo-bank/${lang}/developers`;

  it('presses one button, without script, and reads the whole journey', async () => {
    const page = await openPage({ javaScriptEnabled: false });
    await page.goto(`${portal()}/journey`);
    await page.getByRole('button', { name: words[lang].run }).click();
    await page.locator('#result').waitFor();
    expect(await page.locator('.journey .outcome-pass').count()).toBe(10);
    await page.locator('#step-call summary').last().click();
    await page.locator('#step-call details[open] pre').waitFor();
    const html = await page.content();
    await page.context().close();
    await expectGood(await openText(html, `${portal()}/journey`), `${lang}-journey-run`, lang);
  });

  it('prints the journey with all of its code', async () => {
    const page = await openPage();
    await page.goto(`${portal()}/journey`);
    await page.emulateMedia({ media: 'print' });
    for (const code of await page.locator('details pre').all()) expect(await code.isVisible()).toBe(true);
    await page.pdf({ path: `${artefacts}${lang}-journey.pdf` });
    await page.context().close();
  });

  it('writes to the bank by keyboard, after a mistake', async () => {
    const page = await openPage();
    await page.goto(`${portal()}/contact`);
    await page.getByLabel(words[lang].message).focus();
    await page.keyboard.type('Bonjour <b>');
    await page.getByRole('button', { name: words[lang].send }).press('Enter');
    await page.getByRole('alert').waitFor();
    await expectGood(page, `${lang}-contact-problem`, lang);
    await page.getByRole('alert').getByRole('link').first().press('Enter');
    await page.getByLabel(words[lang].question).press('Space');
    await page.getByRole('button', { name: words[lang].send }).press('Enter');
    await page.locator('#received').waitFor();
    await expectGood(page, `${lang}-contact-received`, lang);
    await page.context().close();
  });

  it('presents a certificate and finds the registrations of its organisation', async () => {
    const { certificate, key } = { certificate: tpp.qwac.path, key: tpp.qwac.key };
    const identity = { origin: demo.addresses.api, cert: Buffer.from(certificate), key: Buffer.from(key) };
    const page = await openPage({ clientCertificates: [identity] });
    await page.goto(`${portal()}/my-registrations`);
    await page.locator(`a[href^="${demo.addresses.api}/demo-bank/${lang}/developers/registrations"]`).click();
    await page.getByText(tpp.clientId).first().waitFor();
    await expectGood(page, `${lang}-own-registrations`, lang);
    await page.goto(`${demo.addresses.api}/demo-bank/certificate-check?lang=${lang}`);
    await expectGood(page, `${lang}-certificate-check`, lang);
    await page.context().close();
  });

  it('is told how to present a certificate', async () => {
    const page = await openPage();
    await page.goto(`${demo.addresses.api}/demo-bank/${lang}/developers/registrations`);
    await expectGood(page, `${lang}-certificate-needed`, lang);
    await page.context().close();
  });
});

async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, ...options });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('status of 4'))
      throw new Error(`the page reports: ${message.text()}`);
  });
  return page;
}

/** A page that was read without script, in front of a browser that can look at it. */
async function openText(html: string, address: string): Promise<Page> {
  const page = await openPage();
  await page.route(address, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
  await page.goto(address);
  return page;
}
