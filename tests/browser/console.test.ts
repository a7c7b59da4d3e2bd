import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertFeedback } from '../../server/src/store/feedback.js';
import { createUuid } from '../../server/src/store/uuid.js';
import { connectAs } from '../../tpp/src/journey/party.js';
import { redirectUriOf } from '../../tpp/src/journey/steps-registration.js';
import { buildClientMetadata } from '../../tpp/src/registration/build-client-metadata.js';
import { registerClient } from '../../tpp/src/registration/register-client.js';
import { enroll, equip, openTppWorld } from '../material/enroll.js';
import { type OperatorWorld, openOperatorWorld } from '../material/operator-world.js';
import { findPostgresql } from '../material/start-postgresql.js';
import { findViolations, keepPictures, openBrowser, walkByKeyboard } from './open-browser.js';

const words = {
  fr: {
    signIn: 'S’identifier',
    start: 'Vue d’ensemble',
    requests: /^Certificats d’essai/,
    names: /^Noms d’applications/,
    history: 'Décisions',
    reason: 'Motif',
    approve: 'Approuver',
    refuse: 'Refuser',
    release: 'Libérer',
    another: 'Celui d’une autre personne est nécessaire',
    issued: 'Certificats délivrés',
    released: 'Libérés',
    clients: 'Enregistrements',
    find: 'Chercher',
    sought: 'client_id ou',
    suspend: 'Suspendre',
    restore: 'Rétablir',
    messages: /^Messages/,
    close: 'Fermer',
    signOut: 'Se déconnecter',
    out: 'Vous êtes déconnecté',
  },
  en: {
    signIn: 'Sign in',
    start: 'Overview',
    requests: /^Test certificates/,
    names: /^Names of applications/,
    history: 'Decisions',
    reason: 'Reason',
    approve: 'Approve',
    refuse: 'Refuse',
    release: 'Release',
    another: 'Another person must agree',
    issued: 'Certificates issued',
    released: 'Released',
    clients: 'Registrations',
    find: 'Find',
    sought: 'client_id or',
    suspend: 'Suspend',
    restore: 'Restore',
    messages: /^Messages/,
    close: 'Close',
    signOut: 'Sign out',
    out: 'You are signed out',
  },
} as const;

const groups = ['psd2-look', 'psd2-decide'];
/** With letters of another script. */
const heldName = 'Demo B\u0430nk';

describe.runIf(findPostgresql() !== undefined)('the console of the bank', () => {
  let world: OperatorWorld;
  let browser: Browser;

  beforeAll(async () => {
    const people = { 'alice-1': { name: 'Alice Martin', groups }, 'bob-2': { name: 'Bob Durand', groups } };
    world = await openOperatorWorld(people);
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  async function holdName(): Promise<void> {
    const tpp = openTppWorld(world.bank);
    try {
      const party = await equip(tpp);
      const plan = { clientName: heldName, redirectUris: [redirectUriOf(party)], scope: 'aisp' };
      const metadata = buildClientMetadata({ ...plan, sealPaths: [party.seal?.path ?? ''] });
      await registerClient(connectAs(tpp, party), tpp.bank, metadata);
    } finally {
      tpp.close();
    }
  }

  /** From the console to the identity provider, which is another site, and back. */
  async function enter(lang: 'fr' | 'en', login: string): Promise<Page> {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('status of 4'))
        throw new Error(`the page reports: ${message.text()}`);
    });
    await page.goto(`${world.publicUrl}/${lang}`);
    await look(page, `${lang}-console-sign-in`, lang);
    await page.getByRole('link', { name: words[lang].signIn }).click();
    await page.getByLabel('login').fill(login);
    expect(new URL(page.url()).origin).toBe(world.provider.issuer);
    await page.getByRole('button', { name: 'in' }).click();
    await page.waitForURL(`${world.publicUrl}/${lang}`);
    await page.getByRole('heading', { level: 1, name: words[lang].start }).waitFor();
    return page;
  }

  async function look(page: Page, name: string, lang: string): Promise<void> {
    expect(await page.locator('html').getAttribute('lang')).toBe(lang);
    expect(await findViolations(page), name).toEqual([]);
    const { stops, reached, unseen } = await walkByKeyboard(page);
    expect([reached, unseen], name).toEqual([stops, []]);
    await page.setViewportSize({ width: 320, height: 700 });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, name).toBeLessThanOrEqual(0);
    await keepPictures(page, name);
  }

  const menu = (page: Page, name: string | RegExp) =>
    page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name }).click();

  it.each(['fr', 'en'] as const)('is entered through another site, and decides by two people, in %s', async (lang) => {
    const w = words[lang];
    const firm = `Jeune Pousse ${lang}`;
    await world.apply(firm);
    const page = await enter(lang, 'alice-1');
    await look(page, `${lang}-console-start`, lang);
    await menu(page, w.requests);
    await look(page, `${lang}-console-requests`, lang);
    await page.getByRole('link', { name: firm }).click();
    await look(page, `${lang}-console-request`, lang);
    await page.getByRole('button', { name: w.refuse }).click();
    await page.getByRole('alert').waitFor();
    await look(page, `${lang}-console-request-again`, lang);
    await page.getByRole('alert').getByRole('link').click();
    expect(await page.getByLabel(w.reason).evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.type('Known to us');
    await page.getByRole('button', { name: w.approve }).click();
    await page.getByRole('status').filter({ hasText: w.another }).waitFor();
    expect(await page.getByRole('button', { name: w.approve }).count()).toBe(0);
    await look(page, `${lang}-console-request-agreed`, lang);

    const other = await enter(lang, 'bob-2');
    await menu(other, w.requests);
    await other.getByRole('link', { name: firm }).click();
    await other.getByText('Alice Martin').waitFor();
    await other.getByRole('button', { name: w.approve }).click();
    await other.getByText(w.issued).waitFor();
    await look(other, `${lang}-console-request-issued`, lang);
    await menu(other, w.history);
    await other.getByRole('rowheader').first().waitFor();
    await look(other, `${lang}-console-history`, lang);
    await other.context().close();

    await page.getByRole('button', { name: w.signOut }).click();
    await page.getByRole('status').filter({ hasText: w.out }).waitFor();
    await page.goBack();
    await page.reload();
    expect(await page.locator('main').innerText()).not.toContain(firm);
    await page.context().close();
  });

  it.each(['fr', 'en'] as const)('shows a name that is held, its letters, and releases it, in %s', async (lang) => {
    const w = words[lang];
    await holdName();
    const page = await enter(lang, 'alice-1');
    await menu(page, w.names);
    await look(page, `${lang}-console-names`, lang);
    await page.getByRole('link', { name: heldName }).first().click();
    expect(await page.locator('main').innerText()).toContain('U+0430');
    await look(page, `${lang}-console-name`, lang);
    await page.getByRole('button', { name: w.release }).click();
    await page.getByText(w.released).first().waitFor();
    await page.context().close();
  });

  it.each(['fr', 'en'] as const)('finds a registration, suspends and restores it, in %s', async (lang) => {
    const w = words[lang];
    const tpp = openTppWorld(world.bank);
    const { clientId } = await enroll(tpp).finally(() => tpp.close());
    const page = await enter(lang, 'alice-1');
    await menu(page, w.clients);
    await look(page, `${lang}-console-clients`, lang);
    await page.getByRole('button', { name: w.find }).click();
    await page.getByRole('alert').getByRole('link').click();
    expect(await page.getByLabel(w.sought).evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.type(clientId);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: clientId }).waitFor();
    await look(page, `${lang}-console-clients-found`, lang);
    await page.getByRole('link', { name: clientId }).click();
    await page.getByRole('button', { name: w.suspend }).click();
    await page.getByRole('alert').waitFor();
    await look(page, `${lang}-console-client-again`, lang);
    await page.getByLabel(w.reason).fill('Write to api@bank.example.');
    await page.getByRole('button', { name: w.suspend }).click();
    await page.getByRole('button', { name: w.restore }).waitFor();
    await look(page, `${lang}-console-client-suspended`, lang);
    await page.getByRole('button', { name: w.restore }).click();
    await page.getByRole('button', { name: w.suspend }).waitFor();
    await page.context().close();
  });

  it.each(['fr', 'en'] as const)('shows what a visitor wrote, and closes it, in %s', async (lang) => {
    const w = words[lang];
    const now = new Date();
    const message = `${lang}: it answers 500 <b>always</b>\n\n${'x'.repeat(200)}\n\u202eThe end`;
    const place = { brand: 'demo-bank', lang, kind: 'fault', page: 'start', email: 'a@b.example' } as const;
    await insertFeedback(world.database, { ...place, id: createUuid(now), message, receivedAt: now });
    const page = await enter(lang, 'alice-1');
    await menu(page, w.messages);
    await look(page, `${lang}-console-messages`, lang);
    await page.getByRole('link', { name: `${lang}: it answers` }).click();
    await look(page, `${lang}-console-message`, lang);
    await page.getByRole('button', { name: w.close }).click();
    await page.getByText('alice-1').waitFor();
    expect(await page.getByRole('button', { name: w.close }).count()).toBe(0);
    await page.context().close();
  });
});
