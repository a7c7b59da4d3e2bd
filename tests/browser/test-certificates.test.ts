import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sendOverTls } from '../material/send-over-tls.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';
import { findViolations, keepPictures, keepPrint, openBrowser, widths } from './open-browser.js';
import { agree } from './psu-pages.js';

/** As if the package were installed. */
const programs = [resolve(import.meta.dirname, '../../node_modules/.bin'), process.env['PATH']].join(delimiter);

let demo: RunningDemo;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  folder = mkdtempSync(join(tmpdir(), 'postern-newcomer-'));
});

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const words = {
  fr: {
    way: ['Bac à sable', 'Certificats d’essai'],
    name: 'Nom de votre organisation',
    contact: 'Adresse électronique',
    button: 'Demander les certificats',
    onward: 'Continuer vers mes certificats d’essai',
    hold: 'Suspendre',
    release: 'Lever la suspension',
    forget: 'L’oublier maintenant',
    secret: 'Secret',
    open: 'Ouvrir',
  },
  en: {
    way: ['Sandbox', 'Test certificates'],
    name: 'Name of your organisation',
    contact: 'E-mail address',
    button: 'Request certificates',
    onward: 'Go on to my test certificates',
    hold: 'Put on hold',
    release: 'End the hold',
    forget: 'Forget it now',
    secret: 'Secret',
    open: 'Open',
  },
} as const;

async function look(page: Page, name: string): Promise<void> {
  expect(await findViolations(page), name).toEqual([]);
  for (const width of [320, widths.desktop.width]) {
    await page.setViewportSize({ width, height: 800 });
    const overflow = await page.evaluate(() => {
      const { documentElement } = (globalThis as unknown as { document: { documentElement: Element } }).document;
      return documentElement.scrollWidth - documentElement.clientWidth;
    });
    expect(overflow, `${name} at ${width}`).toBeLessThanOrEqual(0);
  }
  await keepPictures(page, name);
  await keepPrint(page, name);
}

/** From the commands on the page to a customer's accounts: registration, consent in the browser, token, signed call. */
async function readAccounts(page: Page, lang: 'fr' | 'en'): Promise<void> {
  const redirectUri = 'https://app.example/back';
  const type = (command: string) =>
    execFileSync('sh', ['-ec', command], { cwd: folder, env: { ...process.env, PATH: programs }, encoding: 'utf8' });
  rmSync(join(folder, 'tpp.json'), { force: true });
  writeFileSync(join(folder, 'ca.pem'), demo.ca);
  type(await page.locator('pre', { hasText: 'tpp register' }).innerText());
  const { authorization_url: url } = JSON.parse(type('tpp authorize --json')) as { authorization_url: string };
  const customer = await page.context().newPage();
  await customer.goto(url.replace(/\/(fr|en)\/authorize/, `/${lang}/authorize`));
  expect(await customer.locator('main').innerText()).toContain('Jeune Pousse <b>SAS</b>');
  await look(customer, `${lang}-newcomer-sign-in`);
  const returned = await agree(customer, lang, redirectUri);
  await customer.close();
  type(`tpp token --redirect '${returned.href}'`);
  expect(type('tpp call GET /accounts')).toMatch(/"resourceId"/);
}

it.each(['fr', 'en'] as const)('a newcomer comes from the portal to a customer’s accounts, in %s', async (lang) => {
  const text = words[lang];
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: widths.desktop });
  const page = await context.newPage();
  await page.goto(`${demo.addresses.web}/demo-bank/${lang}/developers`);
  for (const step of text.way) await page.getByRole('link', { name: step, exact: true }).first().click();
  await look(page, `${lang}-test-certificates`);

  // The commands that the page tells to type.
  const commands = await page.locator('pre').first().innerText();
  execFileSync('sh', ['-ec', commands], { cwd: folder, stdio: 'ignore' });
  await page.getByRole('button', { name: text.button }).click();
  await look(page, `${lang}-test-certificates-again`);
  await page.locator('.problem a').first().click();
  expect(await page.evaluate('document.activeElement.id')).toBe('organization_name');

  await page.getByLabel(text.name).fill('Jeune Pousse <b>SAS</b>');
  await page.getByLabel(text.contact).fill('dev@pousse.example');
  await page.locator('#website_csr').fill(readFileSync(join(folder, 'qwac.csr'), 'utf8'));
  await page.locator('#seal_csr_file').setInputFiles(join(folder, 'qsealc.csr'));
  await page.getByRole('button', { name: text.button }).click();
  await look(page, `${lang}-test-certificates-kept`);
  const owner = JSON.parse(await page.locator('pre').innerText()) as { id: string; secret: string };

  await page.getByRole('link', { name: text.onward }).click();
  expect(await page.locator('main').innerText()).toContain('Jeune Pousse <b>SAS</b>');
  expect(await page.content()).not.toContain(owner.secret);
  await look(page, `${lang}-my-test-certificates`);
  const files: string[] = [];
  for (const link of await page.locator('a[download]').all()) {
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    files.push(download.suggestedFilename());
    await download.saveAs(join(folder, download.suggestedFilename()));
  }
  expect(files).toHaveLength(2);
  const qwac = files.find((file) => file.includes('qwac')) ?? '';
  const subject = await page.locator('pre').first().innerText();
  expect(execFileSync('sh', ['-ec', subject], { cwd: folder, encoding: 'utf8' })).toContain('Jeune Pousse');
  const answer = await sendOverTls({
    method: 'GET',
    url: `${demo.addresses.api}/sandbox/demo-bank/certificate-check`,
    ca: demo.ca,
    identity: {
      path: readFileSync(join(folder, qwac), 'utf8'),
      key: readFileSync(join(folder, 'qwac-key.pem'), 'utf8'),
    },
  });
  expect(answer.json['outcome'], answer.text).toBe('qualified');

  await page.getByRole('button', { name: text.hold }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('status').waitFor();
  await look(page, `${lang}-my-test-certificates-held`);
  await page.getByRole('button', { name: text.release }).click();
  await page.getByRole('status').waitFor();

  await readAccounts(page, lang);
  await page.getByRole('button', { name: text.forget }).click();
  await look(page, `${lang}-my-test-certificates-entry`);
  await page.getByLabel('Id').fill(owner.id);
  await page.getByLabel(text.secret).fill(owner.secret);
  await page.getByRole('button', { name: text.open }).click();
  await page.getByRole('link', { name: qwac }).waitFor();
  expect(page.url()).not.toContain(owner.secret);
  const here = page.url();
  await page.goto(`${here}/kit`);
  await page.locator('form.deed button').click();
  await page.getByRole('table').waitFor();
  await look(page, `${lang}-test-certificates-kit`);
  await page.goto(`${here}/renew`);
  await look(page, `${lang}-renew-test-certificates`);
  await context.close();
}, 120_000);
