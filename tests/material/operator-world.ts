import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Config } from '../../server/src/config.js';
import type { OpenidSignIn } from '../../server/src/operator-config-schema.js';
import type { Database } from '../../server/src/store/database.js';
import { openPostgresql } from '../../server/src/store/open-postgresql.js';
import { newRsa, requestText } from './certification-request.js';
import { type BrowserAnswer, type Carry, createPsuBrowser, locationOf, type PsuBrowser } from './psu-browser.js';
import { sendOverTls, type TlsAnswer } from './send-over-tls.js';
import {
  clientSecret,
  issuerAt,
  type People,
  type RunningIdentityProvider,
  startIdentityProvider,
} from './start-identity-provider.js';
import { type RunningNodes, type ServerNode, startNodes } from './start-nodes.js';
import { startPostgresql } from './start-postgresql.js';

/**
 * Three nodes of a bank with a console on one store: the first behind an identity provider, the second entered by links, the third
 * behind the same provider, which it asks by refresh tokens.
 */
export interface OperatorWorld {
  readonly bank: RunningNodes;
  readonly first: ServerNode;
  readonly second: ServerNode;
  readonly third: ServerNode;
  readonly provider: RunningIdentityProvider;
  readonly database: Database;
  /** Origin of the console, of both nodes. */
  readonly publicUrl: string;
  /** As the first node has it configured. */
  readonly signIn: OpenidSignIn;
  /** PEM of the key of the client `console-with-key`. */
  readonly clientKey: string;
  /** A browser at the console of a node, on an address of this machine. */
  browse(node?: ServerNode, from?: string): PsuBrowser;
  /** Where the console sends a browser to sign in. */
  startSignIn(browser: PsuBrowser): Promise<string>;
  /** Signs in at the identity provider, from the address there to the address back at the console. */
  visitProvider(start: string, login: string): Promise<string>;
  /** A browser that is signed in, at the first node unless told otherwise. */
  enter(login: string, node?: ServerNode): Promise<PsuBrowser>;
  /** Asks for test certificates of the second bank. */
  apply(name: string): Promise<TlsAnswer>;
  readAsOwner(applied: TlsAnswer): Promise<TlsAnswer>;
  /** The details of all audit events of a kind. */
  eventsOf(kind: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  stop(): Promise<void>;
}

/** Starts it all; certificates of the second bank need two people. */
export async function openOperatorWorld(people: People): Promise<OperatorWorld> {
  const directory = mkdtempSync(join(tmpdir(), 'postern-operator-'));
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const postgresql = await startPostgresql();
  const bank = await startNodes({
    count: 3,
    databaseUrl: postgresql.url,
    logLevel: 'info',
    change: (config, position) => ({
      ...config,
      ...(position === 1 ? {} : { operator: configureSignIn(config, { directory, rightsFrom: rightsFrom[position] }) }),
      brands: config.brands.map((brand) =>
        brand.id === 'second-bank' ? { ...brand, sandbox: { runs: true, agreement: 'operator', approvals: 2 } } : brand,
      ),
    }),
  });
  const [first, second, third] = bank.nodes as [ServerNode, ServerNode, ServerNode];
  const { listeners, operator } = JSON.parse(readFileSync(bank.configFile, 'utf8')) as Config;
  const { tls, publicUrl } = listeners.operator as NonNullable<Config['listeners']['operator']>;
  const provider = await startIdentityProvider({
    port: providerPort(publicUrl),
    tls: { key: readFileSync(tls.key.file, 'utf8'), certificate: readFileSync(tls.certificate.file, 'utf8') },
    redirectUri: `${publicUrl}/sign-in/callback`,
    people,
    clientJwk: key.publicKey.export({ format: 'jwk' }),
  });
  const database = openPostgresql(postgresql.url, () => undefined);
  const places = { bank, first, provider, publicUrl };
  const ways = openWays(places);
  return {
    ...places,
    ...ways,
    second,
    third,
    database,
    signIn: operator?.signIn as OpenidSignIn,
    clientKey: key.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    apply: (name) => applyAt(bank, name),
    readAsOwner: (applied) => readAt(bank, applied),
    eventsOf: async (kind) => {
      const text = 'select detail from audit_event where kind = $1 order by at, id';
      return (await database.query<{ detail: Record<string, unknown> }>(text, [kind])).map(({ detail }) => detail);
    },
    stop: async () => {
      await provider.stop();
      await bank.stop();
      await database.close();
      await postgresql.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Beside the ports of the first node, where no other listener of it is. */
function providerPort(operatorUrl: string): number {
  return Number(new URL(operatorUrl).port) + 1;
}

/** Of each node. */
const rightsFrom = ['userinfo', undefined, 'id-token'] as const;

interface SignInPlan {
  readonly directory: string;
  readonly rightsFrom: OpenidSignIn['rightsFrom'] | undefined;
}

function configureSignIn(
  { listeners, cacheDirectory }: Config,
  { directory, rightsFrom = 'userinfo' }: SignInPlan,
): NonNullable<Config['operator']> {
  const secretFile = join(directory, 'secret');
  writeFileSync(secretFile, `${clientSecret}\n`);
  return {
    signIn: {
      issuer: issuerAt(providerPort(listeners.operator?.publicUrl ?? '')),
      clientId: 'console',
      clientSecret: { file: secretFile },
      scope: 'openid profile groups',
      rightsFrom,
      ca: { file: join(cacheDirectory, '..', 'demo', 'tls', 'ca.pem') },
      require: { claim: 'groups', values: ['psd2-look'] },
      decide: { claim: 'groups', values: ['psd2-decide'] },
    },
    idleSeconds: 900,
    sessionSeconds: 28_800,
  };
}

type Places = Pick<OperatorWorld, 'bank' | 'first' | 'provider' | 'publicUrl'>;

function openWays({ bank, first, provider, publicUrl }: Places) {
  const carryTo =
    (origin: string, page: string, from?: string): Carry =>
    async ({ method, target, headers, body }) => {
      const own = { host: new URL(page).host, ...(method === 'POST' ? { origin: new URL(page).origin } : {}) };
      const call = { method, url: `${origin}${target}`, ca: bank.ca, headers: { ...own, ...headers }, body, from };
      const answer = await sendOverTls(call);
      return { status: answer.status, headers: answer.headers, body: answer.text };
    };
  const browse = (node = first, from?: string) => createPsuBrowser(carryTo(node.operator, publicUrl, from));
  const startSignIn = async (browser: PsuBrowser) => {
    const started = await browser.get('/en/sign-in/start');
    expect(started.status, started.body).toBe(303);
    return locationOf(started);
  };
  const visitProvider = async (start: string, login: string) => {
    const there = createPsuBrowser(carryTo(provider.issuer, provider.issuer));
    const pathOf = (answer: BrowserAnswer) => locationOf(answer).replace(provider.issuer, '');
    const asked = await there.get(start.replace(provider.issuer, ''));
    expect(pathOf(asked), asked.body).toMatch(/^\/interaction\//);
    const resumed = await there.post(pathOf(asked), { login });
    const back = locationOf(await there.get(pathOf(resumed)));
    expect(back.startsWith(`${publicUrl}/sign-in/callback?`), back).toBe(true);
    return back.replace(publicUrl, '');
  };
  const enter = async (login: string, node = first) => {
    const browser = browse(node);
    const answer = await browser.get(await visitProvider(await startSignIn(browser), login));
    expect(answer.status, answer.body).toBe(200);
    return browser;
  };
  return { browse, startSignIn, visitProvider, enter };
}

async function applyAt({ addresses, ca }: RunningNodes, name: string): Promise<TlsAnswer> {
  const answer = await sendOverTls({
    method: 'POST',
    url: `${addresses.api}/sandbox/second-bank/certificates`,
    ca,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      organization_name: name,
      contact: 'dev@pousse.example',
      roles: ['PSP_AI'],
      website_csr: requestText(newRsa()),
      seal_csr: requestText(newRsa()),
    }),
  });
  expect(answer.status, answer.text).toBe(202);
  return answer;
}

function readAt({ addresses, ca }: RunningNodes, { json }: TlsAnswer): Promise<TlsAnswer> {
  return sendOverTls({
    method: 'GET',
    url: `${addresses.api}/sandbox/second-bank/certificates/${String(json['id'])}`,
    ca,
    headers: { authorization: `Bearer ${String(json['secret'])}` },
  });
}
