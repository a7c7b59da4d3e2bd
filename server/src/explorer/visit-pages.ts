import { tagPattern } from '@postern/web/parts/tag-pattern.js';
import type { Exchange, ExplorerRequest, Send } from './explorer-connection.js';
import type { Visitor } from './journey-world.js';

/** What a customer met on the way, and where the browser was sent in the end. */
export interface Visit {
  readonly first: Exchange;
  readonly last: Exchange;
  /** The headings of the pages. */
  readonly pages: readonly string[];
  /** Undefined where the customer met a page without an answer. */
  readonly leftTo: string | undefined;
}

export interface VisitPlan {
  readonly send: Send;
  readonly url: string;
  readonly customer: Visitor;
  /** Messages on the phone are told apart by whom they name. */
  readonly thirdParty: string;
  /** Where the customer leaves the bank. */
  readonly redirectUri: string;
}

const mostSteps = 16;

/** Plays a customer of the simulated bank who agrees: signs in, types the code from the simulated phone, takes every account. */
export async function visitPages(plan: VisitPlan): Promise<Visit> {
  const browse = openBrowser(plan.send);
  const first = await browse({ method: 'GET', url: plan.url });
  const pages: string[] = [];
  let last = first;
  for (let step = 0; step < mostSteps; step += 1) {
    const location = targetOf(last);
    if (location?.startsWith(plan.redirectUri)) return { first, last, pages, leftTo: location };
    if (location !== undefined) {
      last = await browse({ method: 'GET', url: location });
      continue;
    }
    pages.push(headingOf(last.answer.body));
    const form = await answerForm(plan, last.answer.body);
    if (form === undefined) break;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    last = await browse({ method: 'POST', url: last.request.url, headers, body: form.toString() });
  }
  return { first, last, pages, leftTo: undefined };
}

/** The answer to the form of a page; undefined for a page that has none. */
async function answerForm(
  { send, customer, thirdParty }: VisitPlan,
  page: string,
): Promise<URLSearchParams | undefined> {
  const token = /name="form_token" value="([^"]+)"/.exec(page)?.[1];
  if (token === undefined) return undefined;
  const form = new URLSearchParams({ form_token: token, answer: 'continue' });
  if (page.includes('name="password"')) {
    form.set('user', customer.user);
    form.set('password', customer.password);
  } else if (page.includes('name="code"')) {
    form.set('code', readCode((await send({ method: 'GET', url: customer.phone })).answer.body, thirdParty));
  } else {
    form.set('answer', 'agree');
    for (const tag of page.match(tagPattern) ?? [])
      if (tag.startsWith('<input') && tag.includes('name="account"'))
        form.append('account', /value="([^"]+)"/.exec(tag)?.[1] ?? '');
  }
  return form;
}

function readCode(phone: string, thirdParty: string): string {
  const messages = phone.split('<li>').filter((message) => message.includes(thirdParty));
  return /\b\d{6}\b/.exec(messages[0]?.replaceAll(tagPattern, ' ') ?? '')?.[0] ?? '';
}

/** Keeps cookies, and follows nothing by itself. */
function openBrowser(send: Send): (request: ExplorerRequest) => Promise<Exchange> {
  const cookies = new Map<string, string>();
  return async ({ headers = {}, ...request }) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const exchange = await send({ ...request, headers: { ...headers, ...(cookie === '' ? {} : { cookie }) } });
    for (const line of exchange.answer.headers['set-cookie'] ?? []) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return exchange;
  };
}

function targetOf({ request, answer }: Exchange): string | undefined {
  const { location } = answer.headers;
  return answer.status === 303 && location !== undefined ? new URL(location, request.url).href : undefined;
}

function headingOf(page: string): string {
  const [, heading = ''] = /<h1[^>]*>(.*?)<\/h1>/s.exec(page) ?? [];
  return heading.replaceAll(tagPattern, '').replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
