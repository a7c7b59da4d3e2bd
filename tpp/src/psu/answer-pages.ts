import type { Browser, View } from './browser.js';
import type { Form, Page } from './read-page.js';

/** Who the PSU is; without a password the one that the demo's sign-in page shows is taken. */
export interface Psu {
  readonly user: string;
  readonly password?: string;
}

export interface PsuVisit {
  readonly browser: Browser;
  readonly authorizationUrl: string;
  readonly psu: Psu;
}

/** Where the PSU ended, and what it met on the way. */
export interface PsuOutcome {
  readonly leftTo: string;
  readonly pages: readonly string[];
}

const mostPages = 10;

/** Plays the PSU who agrees: signs in, types the code from the simulated phone, ticks every account, agrees. */
export async function answerPages(visit: PsuVisit): Promise<PsuOutcome> {
  const pages: string[] = [];
  let view = await visit.browser.open(visit.authorizationUrl);
  while (!('leftTo' in view)) {
    if (pages.length === mostPages) throw new Error(`the PSU met ${mostPages} pages without coming back`);
    const { title, next } = await answerPage(visit, view);
    pages.push(title);
    view = next;
  }
  return { leftTo: view.leftTo, pages };
}

type PageView = Extract<View, { readonly page: Page }>;

async function answerPage(
  visit: PsuVisit,
  { page, url, status }: PageView,
): Promise<{ readonly title: string; readonly next: View }> {
  const submit = (form: Form, answers: Readonly<Record<string, readonly string[]>>) =>
    visit.browser.submit(url, form, new Map(Object.entries(answers)));
  const signIn = formWith(page, 'password');
  if (signIn !== undefined) {
    const password = visit.psu.password ?? shownPassword(page, visit.psu.user);
    return {
      title: 'sign-in',
      next: await submit(signIn, { user: [visit.psu.user], password: [password], answer: ['continue'] }),
    };
  }
  const secondFactor = formWith(page, 'code');
  if (secondFactor !== undefined) {
    const code = await readPhone(visit.browser, page, url);
    return { title: 'second factor', next: await submit(secondFactor, { code: [code], answer: ['continue'] }) };
  }
  const consent = formWith(page, 'account');
  if (consent !== undefined) {
    const accounts = consent.fields.filter(({ name }) => name === 'account').map(({ value }) => value);
    return {
      title: `consent to ${accounts.length} accounts`,
      next: await submit(consent, { account: accounts, answer: ['agree'] }),
    };
  }
  throw new Error(`the PSU met a page without a form to answer (${status}): ${page.text.slice(0, 200)}`);
}

function formWith(page: Page, field: string): Form | undefined {
  return page.forms.find(({ fields }) => fields.some(({ name }) => name === field));
}

// The page of a simulated bank lists its users: the name to type, then the password to type.
function shownPassword(page: Page, user: string): string {
  const password = page.codes[page.codes.indexOf(user) + 1];
  if (!page.codes.includes(user) || password === undefined) {
    throw new Error(`the sign-in page shows no password for ${user}; give --psu-user and --psu-password`);
  }
  return password;
}

async function readPhone(browser: Browser, page: Page, url: string): Promise<string> {
  const link = page.links.find(({ href }) => /\/phone([/?#]|$)/.test(href));
  if (link === undefined) throw new Error('the page that asks for a code has no link to the simulated phone');
  const phone = await browser.open(new URL(link.href, url).href);
  if ('leftTo' in phone) throw new Error('the simulated phone sends the PSU away');
  const code = newestCode(phone.page);
  if (code === undefined) throw new Error('the simulated phone shows no code');
  return code;
}

// The newest message stands first.
function newestCode(page: Page): string | undefined {
  return /\b\d{6}\b/.exec(page.text)?.[0];
}
