import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RegisteredTpp, registerTpp } from '../material/register-tpp.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';
import { expectGood } from './expect-good.js';
import { openBrowser } from './open-browser.js';
import { readCode, readPassword, returnTo, signIn, psuWords as words } from './psu-pages.js';

let demo: RunningDemo;
let browser: Browser;
let tpp: RegisteredTpp;

beforeAll(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  tpp = await registerTpp(demo, { brand: 'demo-bank', environment: 'production', clientName: 'Mes Comptes' });
});

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

describe.each(['fr', 'en'] as const)('a payment service user in %s', (lang) => {
  it('reads who asks, signs in with a second factor, chooses accounts and agrees', async () => {
    const page = await openPage();
    const asked = tpp.authorizationUrl(lang);
    await page.goto(asked.url);
    await expectGood(page, `${lang}-1-sign-in`, lang);
    const body = await page.locator('main').innerText();
    expect(body.indexOf(tpp.legalName)).toBeGreaterThanOrEqual(0);
    expect(body.indexOf(tpp.legalName)).toBeLessThan(body.indexOf('Mes Comptes'));

    await signIn(page, lang);
    await expectGood(page, `${lang}-2-second-factor`, lang);
    await page.getByRole('textbox', { name: words[lang].code }).fill(await readCode(page));
    await page.getByRole('button', { name: words[lang].continue }).click();

    await expectGood(page, `${lang}-3-consent`, lang);
    const accounts = page.getByRole('checkbox');
    expect(await accounts.count()).toBe(3);
    await accounts.first().check();
    const returned = await returnTo(tpp.redirectUri, page, () =>
      page.getByRole('button', { name: words[lang].agree }).click(),
    );
    expect(returned.searchParams.get('code')).toMatch(/^[\w-]{43,}$/);
    expect(returned.searchParams.get('state')).toBe(asked.state);
    expect(returned.searchParams.get('iss')).toBe(tpp.issuer);
    await page.context().close();
  });

  it('says no on the first page and goes back with access_denied', async () => {
    const page = await openPage();
    const asked = tpp.authorizationUrl(lang);
    await page.goto(asked.url);
    const returned = await returnTo(tpp.redirectUri, page, () =>
      page.getByRole('button', { name: words[lang].refuse }).click(),
    );
    expect(returned.searchParams.get('error')).toBe('access_denied');
    expect(returned.searchParams.get('state')).toBe(asked.state);
    await page.context().close();
  });

  it('is told what was wrong with the password, with a link to the field', async () => {
    const page = await openPage();
    await page.goto(tpp.authorizationUrl(lang).url);
    await page.getByLabel(words[lang].user).fill('camille');
    await page.getByLabel(words[lang].password, { exact: true }).fill('wrong');
    await page.getByRole('button', { name: words[lang].continue }).click();
    await page.getByRole('alert').waitFor();
    await expectGood(page, `${lang}-1-sign-in-problem`, lang);
    await page.context().close();
  });

  it('meets a page, not a redirect, when the application is unknown', async () => {
    const page = await openPage();
    const answer = await page.goto(tpp.authorizationUrl(lang).url.replace(/client_id=[^&]+/, 'client_id=unknown'));
    expect(answer?.status()).toBe(400);
    await expectGood(page, `${lang}-error`, lang);
    await page.context().close();
  });

  it('can do it all by keyboard', async () => {
    const page = await openPage();
    await page.goto(tpp.authorizationUrl(lang).url);
    await page.getByLabel(words[lang].user).focus();
    await page.keyboard.type('camille');
    await page.keyboard.press('Tab');
    await page.keyboard.type(await readPassword(page));
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: words[lang].code }).waitFor();
    await page.context().close();
  });
});

async function openPage(): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('status of 4'))
      throw new Error(`the page reports: ${message.text()}`);
  });
  return page;
}
