import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { parseHeaderList } from '@postern/core/signature/header-list.js';
import { expect } from 'vitest';
import type { AuditEvent } from '../../server/src/audit/audit-event.js';
import { phoneAddress, phoneRoutes } from '../../server/src/bank/phone-routes.js';
import type { Config } from '../../server/src/config.js';
import { createApplication } from '../../server/src/http/create-application.js';
import { createPageDialect } from '../../server/src/http/render-page-refusal.js';
import { createSite } from '../../server/src/http/site.js';
import { webSecurityHeaders } from '../../server/src/http/web-security-headers.js';
import { authorizationRoutes } from '../../server/src/oauth/authorization-routes.js';
import { createStartCount } from '../../server/src/oauth/count-starts.js';
import type { OpenStore } from './each-store.js';
import { type OauthWorld, openOauthWorld, realm } from './oauth-world.js';
import {
  accountsOf,
  type BrowserAnswer,
  codesOf,
  createPsuBrowser,
  type FormFields,
  formTokenOf,
  locationOf,
  type PsuBrowser,
} from './psu-browser.js';

type Application = ReturnType<typeof createApplication>;
type Logger = Parameters<typeof createApplication>[0]['logger'];
type Change = Readonly<Record<string, string | undefined>>;

export const endpoint = '/demo-bank/oauth2/en/authorize';

const wish = {
  response_type: 'code',
  client_id: 'c1',
  redirect_uri: 'https://tpp.example/cb',
  scope: 'aisp',
  state: 's1',
  code_challenge: createHash('sha256').update('v'.repeat(64)).digest('base64url'),
  code_challenge_method: 'S256',
};

/** The authorization pages of one realm over a store, without sockets: the test holds the clock and the register. */
export interface AuthorizationPages {
  readonly world: OauthWorld;
  readonly app: Application;
  events: AuditEvent[];
  /** What the register says of every organisation. */
  active: boolean;
  /** At an address of its own, or at the one of all others. */
  newBrowser(from?: string): PsuBrowser;
  /** The query of a right request, with changes. */
  query(change?: Change): string;
  /** Messages have no order while the clock stands still: only one is there at a time. */
  clearPhones(): Promise<unknown>;
  /** A PSU in front of the first page. */
  begin(change?: Change, browser?: PsuBrowser): Promise<PsuAtBank>;
  /** A PSU in front of the accounts. */
  reachConsent(change?: Change): Promise<PsuAtConsent>;
  /** Back to the first moment, nobody blocked. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export interface PsuAtBank {
  readonly browser: PsuBrowser;
  /** Of the authorization under way. */
  readonly address: string;
  submit(form: FormFields): Promise<BrowserAnswer>;
  signIn(user?: string, password?: string): Promise<BrowserAnswer>;
  confirm(code?: string): Promise<BrowserAnswer>;
  /** The code on camille's phone. */
  phone(): Promise<string>;
}

export interface PsuAtConsent extends PsuAtBank {
  readonly page: BrowserAnswer;
  agree(accounts?: readonly string[]): Promise<BrowserAnswer>;
}

export async function openAuthorizationPages(open: OpenStore): Promise<AuthorizationPages> {
  const world = await openOauthWorld(open);
  await addClients(world);
  const pages: AuthorizationPages = {
    world,
    app: openApplication(world, { events: () => pages.events, active: () => pages.active }),
    events: [],
    active: true,
    newBrowser: (from) => openInjectedBrowser(pages.app, from),
    query: (change = {}) => {
      const all = Object.entries({ ...wish, ...change });
      return new URLSearchParams(all.filter((pair): pair is [string, string] => pair[1] !== undefined)).toString();
    },
    clearPhones: () => world.database.query('delete from simulated_message'),
    begin: (change = {}, browser = pages.newBrowser()) => begin(pages, change, browser),
    reachConsent: (change = {}) => reachConsent(pages, change),
    reset: async () => {
      world.now = new Date('2026-11-22T10:00:00Z');
      pages.active = true;
      pages.events = [];
      await world.database.query('delete from quota');
    },
    close: async () => {
      await pages.app.close();
      await world.close();
    },
  };
  return pages;
}

/** Where an answer leads, and the parameters that it brings there. */
export function returned(answer: BrowserAnswer): Readonly<Record<string, string>> {
  expect(answer.status).toBe(303);
  const url = new URL(locationOf(answer));
  return { place: `${url.origin}${url.pathname}`, ...Object.fromEntries(url.searchParams) };
}

async function addClients(world: OauthWorld): Promise<void> {
  const organization = 'PSDFR-ACPR-1';
  await world.addClient({ clientId: 'c1', organization });
  await world.addClient({
    clientId: 'c2',
    organization: 'PSDFR-ACPR-2',
    scope: 'aisp',
    change: { redirect_uris: ['https://two.example/a?x=1', 'https://two.example/b'] },
  });
  const change = { grant_types: ['client_credentials' as const], scope: 'pisp' };
  await world.addClient({ clientId: 'c3', organization, change });
}

interface Watch {
  events(): AuditEvent[];
  active(): boolean;
}

function openApplication(world: OauthWorld, watch: Watch): Application {
  const brand = { ...realm.brand, color: '#00558c' };
  const site = createSite({ installation: { name: 'Test', demo: false }, brands: [brand] } as unknown as Config);
  const audit = {
    append: (event: AuditEvent) => void watch.events().push(event),
    appendDecision: () => undefined,
    writable: true,
    close: async () => undefined,
  };
  const application = createApplication({
    createServer: (listener) =>
      createServer((request, response) =>
        listener({ request, response, headers: parseHeaderList(request.rawHeaders), body: new Uint8Array() }),
      ),
    logger: silent,
    clock: () => world.now,
    audit,
    documentation: () => 'https://www.bank.example/errors',
    render: createPageDialect(site, [realm]),
    onAnswer: () => undefined,
    securityHeaders: webSecurityHeaders,
  });
  const { database, bank, tokens } = world;
  phoneRoutes(application, realm, { site, database, bank });
  authorizationRoutes(application, realm, {
    // By the time of day: that of the pages stands still.
    countStart: createStartCount(() => new Date()),
    database,
    audit,
    site,
    bank,
    tokens,
    clock: () => world.now,
    organizationActive: () => watch.active(),
    simulation: { demoUsers: bank.demoUsers, phoneAddress: (lang, psu) => phoneAddress(realm, lang, psu) },
  });
  return application;
}

const nothing = () => undefined;
const silent: Logger = {
  level: 'silent',
  fatal: nothing,
  error: nothing,
  warn: nothing,
  info: nothing,
  debug: nothing,
  trace: nothing,
  silent: nothing,
  child: () => silent,
};

function openInjectedBrowser(app: Application, from = '127.0.0.1'): PsuBrowser {
  return createPsuBrowser(async ({ method, target, headers, body }) => {
    const payload = body === undefined ? {} : { payload: body };
    const answer = await app.inject({ method, url: target, headers, remoteAddress: from, ...payload });
    return { status: answer.statusCode, headers: answer.headers as BrowserAnswer['headers'], body: answer.body };
  });
}

async function begin(pages: AuthorizationPages, change: Change, browser: PsuBrowser): Promise<PsuAtBank> {
  const address = locationOf(await browser.get(`${endpoint}?${pages.query(change)}`));
  const submit = async (form: FormFields) =>
    browser.post(address, { form_token: formTokenOf(await browser.get(address)), ...form });
  const phone = async () => codesOf(await pages.newBrowser().get(phoneAddress(realm, 'en', 'camille')))[0] ?? '';
  return {
    browser,
    address,
    submit,
    phone,
    signIn: async (user = 'camille', password = 'camille-demo') => {
      await pages.clearPhones();
      return submit({ answer: 'continue', user, password });
    },
    confirm: async (code) => submit({ answer: 'continue', code: code ?? (await phone()) }),
  };
}

async function reachConsent(pages: AuthorizationPages, change: Change): Promise<PsuAtConsent> {
  const psu = await pages.begin(change);
  await psu.signIn();
  expect((await psu.confirm()).status).toBe(303);
  const page = await psu.browser.get(psu.address);
  return {
    ...psu,
    page,
    agree: (accounts = accountsOf(page)) => psu.submit({ answer: 'agree', account: accounts }),
  };
}
