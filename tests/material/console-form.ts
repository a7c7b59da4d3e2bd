import { createFormToken } from '../../server/src/http/form-token.js';
import type { BrowserAnswer, PsuBrowser } from './psu-browser.js';

/** The stable code on a page that says why it refuses. */
export function refusalIn(answer: BrowserAnswer): string | undefined {
  return /<code>([A-Z_]+)<\/code>/.exec(answer.body)?.[1];
}

/** The hidden fields of the form of an address on a page of the console. */
export function hiddenFieldsOf(page: BrowserAnswer, address: string): Readonly<Record<string, string>> {
  const form = page.body.split('<form ').find((part) => part.includes(`action="${address}"`)) ?? '';
  const fields = form.split('</form>')[0]?.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g) ?? [];
  return Object.fromEntries([...fields].map(([, name = '', value = '']) => [name, value]));
}

/** Opens a page of the console and sends its form, filled in. */
export async function answerWith(
  browser: PsuBrowser,
  address: string,
  form: Readonly<Record<string, string>>,
): Promise<BrowserAnswer> {
  return browser.post(address, { ...hiddenFieldsOf(await browser.get(address), address), ...form });
}

/** What a page of this address would hold for this browser: who has a session can make it, and must not get further for it. */
export function tokenOf(browser: PsuBrowser, address: string): string {
  return createFormToken(browser.cookies.get('__Host-postern-console') ?? '', address);
}
