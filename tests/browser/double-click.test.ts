import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RegisteredTpp, registerTpp } from '../material/register-tpp.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';
import { openBrowser } from './open-browser.js';
import { readCode, readPassword, psuWords as words } from './psu-pages.js';

const rounds = [0, 1, 2, 3, 4, 5, 6, 7];
const text = words.en;

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

/** A page, and every address of the third party that the browser was sent to. */
async function begin(): Promise<{ readonly page: Page; readonly back: URL[] }> {
  const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  const back: URL[] = [];
  await page.route(`${tpp.redirectUri}**`, (route) => {
    back.push(new URL(route.request().url()));
    return route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>back</h1>' });
  });
  await page.goto(tpp.authorizationUrl('en').url);
  return { page, back };
}

async function reachConsent(page: Page, press: (button: Locator) => Promise<void>): Promise<void> {
  await page.getByLabel(text.user).fill('camille');
  await page.getByLabel(text.password, { exact: true }).fill(await readPassword(page));
  await press(page.getByRole('button', { name: text.continue }));
  const field = page.getByRole('textbox', { name: text.code });
  await field.waitFor();
  await field.fill(await readCode(page));
  await press(page.getByRole('button', { name: text.continue }));
  await page.getByRole('checkbox').first().check();
}

async function expectReturn(page: Page, back: readonly URL[], name: string): Promise<void> {
  await page.getByRole('heading', { name: 'back' }).waitFor();
  expect(new URL(page.url()).searchParams.get(name)).not.toBeNull();
  expect(new Set(back.map(({ searchParams }) => searchParams.get(name))).size).toBe(1);
}

describe('a double click', () => {
  it.each(rounds)('on agreement brings the code to the third party, round %i', async (round) => {
    const { page, back } = await begin();
    await reachConsent(page, (button) => button.click());
    await page.getByRole('button', { name: text.agree }).dblclick({ delay: round });
    await expectReturn(page, back, 'code');
    await page.context().close();
  });

  it('on every button of the way leads on as one click does', async () => {
    const { page, back } = await begin();
    await reachConsent(page, (button) => button.dblclick());
    await page.getByRole('button', { name: text.agree }).dblclick();
    await expectReturn(page, back, 'code');
    await page.context().close();
  });

  it('on refusal tells the third party', async () => {
    const { page, back } = await begin();
    await page.getByRole('button', { name: text.refuse }).dblclick();
    await expectReturn(page, back, 'error');
    await page.context().close();
  });
});
