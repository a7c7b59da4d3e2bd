import { keyedText } from '../../server/src/http/keyed-text.js';
import type { BrowserAnswer, PsuBrowser } from './psu-browser.js';

/** The stable code on a page that says why it refuses. */
export function refusalIn(answer: BrowserAnswer): string | undefined {
  return /<code>([A-Z_]+)<\/code>/.exec(answer.body)?.[1];
}

/** Opens a page of the console and sends its form, filled in. */
export async function answerWith(
  browser: PsuBrowser,
  address: string,
  form: Readonly<Record<string, string>>,
): Promise<BrowserAnswer> {
  const page = await browser.get(address);
  const tokens = [
    ...page.body.matchAll(/action="([^"]+)"[^>]*><input type="hidden" name="form_token" value="([^"]+)"/g),
  ];
  const token = tokens.find(([, action]) => action === address)?.[2] ?? 'none';
  return browser.post(address, { form_token: token, ...form });
}

/** What a page of this address would hold for this browser: who has a session can make it, and must not get further for it. */
export function tokenOf(browser: PsuBrowser, address: string): string {
  return keyedText(browser.cookies.get('__Host-postern-console') ?? '', `form ${address}`);
}
