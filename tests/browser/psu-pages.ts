import type { Page } from 'playwright-core';

/** What the pages of payment service users say. */
export const psuWords = {
  fr: {
    user: 'Identifiant',
    password: 'Mot de passe',
    code: /code/i,
    continue: 'Continuer',
    refuse: 'Refuser',
    agree: /autoris|accept/i,
  },
  en: {
    user: 'User name',
    password: 'Password',
    code: /code/i,
    continue: 'Continue',
    refuse: 'Refuse',
    agree: /allow|agree/i,
  },
} as const;

/** Signs in as Camille, with the password that the demo shows. */
export async function signIn(page: Page, lang: 'fr' | 'en'): Promise<void> {
  const password = await readPassword(page);
  await page.getByLabel(psuWords[lang].user).fill('camille');
  await page.getByLabel(psuWords[lang].password, { exact: true }).fill(password);
  await page.getByRole('button', { name: psuWords[lang].continue }).click();
}

/** The password of Camille, as the demo's sign-in page shows it. */
export async function readPassword(page: Page): Promise<string> {
  return page
    .getByRole('row', { name: /camille/i })
    .locator('code')
    .nth(1)
    .innerText();
}

/** The one-time code, read where its owner reads it: on the simulated phone, in another tab. */
export async function readCode(page: Page): Promise<string> {
  const address = await page.locator('a[href*="/phone"]').first().getAttribute('href');
  const phone = await page.context().newPage();
  await phone.goto(new URL(address ?? '', page.url()).href);
  const code = /\b\d{6}\b/.exec(await phone.locator('main').innerText())?.[0];
  await phone.close();
  return code ?? '';
}

/** Where the browser is sent back to: the address of the third party, which nobody serves here. */
export async function returnTo(redirectUri: string, page: Page, act: () => Promise<void>): Promise<URL> {
  const leaving = page.waitForRequest((request) => request.url().startsWith(redirectUri));
  await page.route(`${redirectUri}**`, (route) => route.fulfill({ status: 200, body: 'back' }));
  await act();
  return new URL((await leaving).url());
}

/** From the sign-in page to the consent, agreed to for every account that is ticked or the first; answers where it led back. */
export async function agree(page: Page, lang: 'fr' | 'en', redirectUri: string): Promise<URL> {
  await signIn(page, lang);
  await page.getByRole('textbox', { name: psuWords[lang].code }).fill(await readCode(page));
  await page.getByRole('button', { name: psuWords[lang].continue }).click();
  await page.getByRole('checkbox').first().check();
  return returnTo(redirectUri, page, () => page.getByRole('button', { name: psuWords[lang].agree }).click());
}
