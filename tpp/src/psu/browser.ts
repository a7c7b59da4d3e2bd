import type { Connection, OutgoingRequest } from '../http/connection.js';
import type { HttpAnswer } from '../http/http-answer.js';
import { type CookieJar, createCookieJar } from './cookie-jar.js';
import { type Form, type Page, readPage } from './read-page.js';

/** What the browser shows after a step: a page, or an address outside the bank that it was sent to. */
export type View = { readonly page: Page; readonly url: string; readonly status: number } | { readonly leftTo: string };

/** A PSU's browser without a screen: cookies, forms and redirects, by a real HTTP client. */
export interface Browser {
  readonly open: (url: string) => Promise<View>;
  /** Sends a form of the page at `pageUrl` with the given answers; fields not named keep what the page put there. */
  readonly submit: (pageUrl: string, form: Form, answers: ReadonlyMap<string, readonly string[]>) => Promise<View>;
}

const mostRedirects = 10;

/** A browser that stops following when it is sent to `redirectUri`: the application's own address. */
export function createBrowser(connection: Connection, redirectUri: string): Browser {
  const jar = createCookieJar();
  const visit = (request: OutgoingRequest) => follow({ connection, jar, redirectUri }, request);
  return {
    open: (url) => visit({ method: 'GET', url }),
    submit: (pageUrl, form, answers) => visit(buildSubmission(pageUrl, form, answers)),
  };
}

interface Surroundings {
  readonly connection: Connection;
  readonly jar: CookieJar;
  readonly redirectUri: string;
}

async function follow(surroundings: Surroundings, first: OutgoingRequest): Promise<View> {
  let request = first;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const answer = await sendWithCookies(surroundings, request);
    const location = answer.headers.location;
    if (location === undefined || answer.status < 300 || answer.status > 399) {
      return { page: readPage(answer.body.toString('utf8')), url: request.url, status: answer.status };
    }
    const next = new URL(location, request.url);
    if (isAddressOf(surroundings.redirectUri, next)) return { leftTo: next.href };
    // 307 and 308 would repeat the form, password included, to another address (RFC 9700, 4.12).
    if (answer.status === 307 || answer.status === 308)
      throw new Error(`${request.url} redirects with ${answer.status}; expected 303`);
    request = { method: 'GET', url: next.href };
  }
  throw new Error(`more than ${mostRedirects} redirects from ${first.url}`);
}

async function sendWithCookies({ connection, jar }: Surroundings, request: OutgoingRequest): Promise<HttpAnswer> {
  const url = new URL(request.url);
  const cookie = jar.headerFor(url);
  const headers = {
    accept: 'text/html',
    'accept-language': 'en',
    'user-agent': 'postern-tpp journey',
    ...request.headers,
    ...(cookie === undefined ? {} : { cookie }),
  };
  const answer = await connection.send({ ...request, headers });
  jar.store(url, answer.headers['set-cookie'] ?? []);
  return answer;
}

function buildSubmission(
  pageUrl: string,
  form: Form,
  answers: ReadonlyMap<string, readonly string[]>,
): OutgoingRequest {
  const target = new URL(form.action, pageUrl);
  const body = new URLSearchParams();
  const kept = form.fields.filter(
    ({ name, type, checked }) =>
      !answers.has(name) && type !== 'submit' && (checked || (type !== 'checkbox' && type !== 'radio')),
  );
  for (const { name, value } of kept) body.append(name, value);
  for (const [name, values] of answers) for (const value of values) body.append(name, value);
  if (form.method !== 'post') {
    target.search = body.toString();
    return { method: 'GET', url: target.href };
  }
  const origin = new URL(pageUrl).origin;
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    origin,
    'sec-fetch-site': target.origin === origin ? 'same-origin' : 'cross-site',
  };
  return { method: 'POST', url: target.href, headers, body: body.toString() };
}

function isAddressOf(redirectUri: string, url: URL): boolean {
  const wanted = new URL(redirectUri);
  return url.origin === wanted.origin && url.pathname === wanted.pathname;
}
